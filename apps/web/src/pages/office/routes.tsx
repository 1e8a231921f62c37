import type { RouteObject } from 'react-router';

export const officeRoutes: RouteObject[] = [
  { path: 'triage', lazy: async () => ({ Component: (await import('./triage-page')).default }) },
  { path: 'triage/:id', lazy: async () => ({ Component: (await import('./triage-finding-page')).default }) },
  { path: 'reviews', lazy: async () => ({ Component: (await import('./reviews-page')).default }) },
  { path: 'reviews/:id', lazy: async () => ({ Component: (await import('./review-finding-page')).default }) },
  { path: 'lists', lazy: async () => ({ Component: (await import('./lists-page')).default }) },
  { path: 'lists/:id', lazy: async () => ({ Component: (await import('./list-page')).default }) },
  { path: 'imports', lazy: async () => ({ Component: (await import('./imports-page')).default }) },
  { path: 'imports/:id', lazy: async () => ({ Component: (await import('./import-page')).default }) },
  { path: 'placeholders', lazy: async () => ({ Component: (await import('./placeholders-page')).default }) },
];
