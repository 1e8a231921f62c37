import type { RouteObject } from 'react-router';

export const leaderRoutes: RouteObject[] = [
  { path: 'overview', lazy: async () => ({ Component: (await import('./overview-page')).default }) },
];
