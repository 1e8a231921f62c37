import type { RouteObject } from 'react-router';

export const fieldRoutes: RouteObject[] = [
  { path: 'today', lazy: async () => ({ Component: (await import('./today-page')).default }) },
  { path: 'file', lazy: async () => ({ Component: (await import('./file-page')).default }) },
  { path: 'mine', lazy: async () => ({ Component: (await import('./mine-page')).default }) },
  { path: 'verify/:findingId', lazy: async () => ({ Component: (await import('./verify-page')).default }) },
];
