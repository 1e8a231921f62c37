import type { RouteObject } from 'react-router';

export const noticeRoutes: RouteObject[] = [
  { path: 'notices', lazy: async () => ({ Component: (await import('./notices-page')).default }) },
  { path: 'notices/new', lazy: async () => ({ Component: (await import('./issue-page')).default }) },
  { path: 'notices/:id', lazy: async () => ({ Component: (await import('./notice-page')).default }) },
  { path: 'n/:opaque', lazy: async () => ({ Component: (await import('./door-page')).default }) },
];
