import type { RouteObject } from 'react-router';

export const adminRoutes: RouteObject[] = [
  { path: 'admin', lazy: async () => ({ Component: (await import('./admin-page')).default }) },
  { path: 'admin/units', lazy: async () => ({ Component: (await import('./units-page')).default }) },
  { path: 'admin/people', lazy: async () => ({ Component: (await import('./people-page')).default }) },
  { path: 'admin/posts', lazy: async () => ({ Component: (await import('./posts-page')).default }) },
  { path: 'admin/categories', lazy: async () => ({ Component: (await import('./categories-page')).default }) },
  { path: 'admin/rules', lazy: async () => ({ Component: (await import('./rules-page')).default }) },
  { path: 'admin/calendar', lazy: async () => ({ Component: (await import('./calendar-page')).default }) },
  { path: 'admin/accounts', lazy: async () => ({ Component: (await import('./accounts-page')).default }) },
  { path: 'admin/backups', lazy: async () => ({ Component: (await import('./backups-page')).default }) },
  { path: 'admin/security-log', lazy: async () => ({ Component: (await import('./security-log-page')).default }) },
];
