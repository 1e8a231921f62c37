import type { RouteObject } from 'react-router';

export const supervisionRoutes: RouteObject[] = [
  { path: 'supervision', lazy: async () => ({ Component: (await import('./supervision-page')).default }) },
  { path: 'supervision/:supervisionId', lazy: async () => ({ Component: (await import('./case-page')).default }) },
  { path: 'admin/supervision-rules', lazy: async () => ({ Component: (await import('./rules-page')).default }) },
];
