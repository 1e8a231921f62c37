import type { RouteObject } from 'react-router';

export const carryOverRoutes: RouteObject[] = [
  { path: 'carry-overs', lazy: async () => ({ Component: (await import('./carry-overs-page')).default }) },
];
