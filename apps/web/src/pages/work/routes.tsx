import type { RouteObject } from 'react-router';

export const workRoutes: RouteObject[] = [
  { path: 'inbox', lazy: async () => ({ Component: (await import('./inbox-page')).default }) },
  { path: 'acts', lazy: async () => ({ Component: (await import('./acts-page')).default }) },
];
