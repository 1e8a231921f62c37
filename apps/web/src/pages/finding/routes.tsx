import type { RouteObject } from 'react-router';

export const findingRoutes: RouteObject[] = [
  { path: 'findings', lazy: async () => ({ Component: (await import('./findings-page')).default }) },
  { path: 'legs', lazy: async () => ({ Component: (await import('./legs-page')).default }) },
  { path: 'findings/:id', lazy: async () => ({ Component: (await import('./finding-page')).default }) },
];
