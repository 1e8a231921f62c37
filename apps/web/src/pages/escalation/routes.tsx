import type { RouteObject } from 'react-router';

export const escalationRoutes: RouteObject[] = [
  { path: 'escalation', lazy: async () => ({ Component: (await import('./escalation-page')).default }) },
  { path: 'admin/ladder', lazy: async () => ({ Component: (await import('./ladder-rules-page')).default }) },
];
