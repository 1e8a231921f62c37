import type { RouteObject } from 'react-router';

export const leaderRoutes: RouteObject[] = [
  { path: 'overview', lazy: async () => ({ Component: (await import('./overview-page')).default }) },
  { path: 'clearance', lazy: async () => ({ Component: (await import('./board-page')).default }) },
  { path: 'clearance/list', lazy: async () => ({ Component: (await import('./list-page')).default }) },
  { path: 'clearance/compare', lazy: async () => ({ Component: (await import('./compare-page')).default }) },
  { path: 'upper', lazy: async () => ({ Component: (await import('./upper-page')).default }) },
];
