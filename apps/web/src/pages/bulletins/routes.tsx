import type { RouteObject } from 'react-router';

export const bulletinRoutes: RouteObject[] = [
  { path: 'bulletins', lazy: async () => ({ Component: (await import('./bulletins-page')).default }) },
  { path: 'bulletins/new', lazy: async () => ({ Component: (await import('./draft-page')).default }) },
  { path: 'bulletins/:id', lazy: async () => ({ Component: (await import('./bulletin-page')).default }) },
];
