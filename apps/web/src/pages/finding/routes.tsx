import type { RouteObject } from 'react-router';

export const findingRoutes: RouteObject[] = [
  { path: 'findings/:id', lazy: async () => ({ Component: (await import('./finding-page')).default }) },
];
