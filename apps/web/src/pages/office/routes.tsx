import type { RouteObject } from 'react-router';

export const officeRoutes: RouteObject[] = [
  { path: 'triage', lazy: async () => ({ Component: (await import('./triage-page')).default }) },
  { path: 'triage/:id', lazy: async () => ({ Component: (await import('./triage-finding-page')).default }) },
  { path: 'reviews', lazy: async () => ({ Component: (await import('./reviews-page')).default }) },
  { path: 'reviews/:id', lazy: async () => ({ Component: (await import('./review-finding-page')).default }) },
  { path: 'placeholders', lazy: async () => ({ Component: (await import('./placeholders-page')).default }) },
];
