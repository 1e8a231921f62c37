import type { RouteObject } from 'react-router';

export const notificationRoutes: RouteObject[] = [
  { path: 'notifications', lazy: async () => ({ Component: (await import('./notifications-page')).default }) },
  { path: 'notifications/settings', lazy: async () => ({ Component: (await import('./choice-page')).default }) },
  { path: 'admin/mail', lazy: async () => ({ Component: (await import('./mail-page')).default }) },
  { path: 'admin/webhooks', lazy: async () => ({ Component: (await import('./webhooks-page')).default }) },
  { path: 'admin/dead-letters', lazy: async () => ({ Component: (await import('./dead-letters-page')).default }) },
];
