import type { RouteObject } from 'react-router';

export const inspectionRoutes: RouteObject[] = [
  { path: 'inspections', lazy: async () => ({ Component: (await import('./inspections-page')).default }) },
  { path: 'inspections/new', lazy: async () => ({ Component: (await import('./plan-page')).default }) },
  { path: 'inspections/:inspectionId', lazy: async () => ({ Component: (await import('./inspection-page')).default }) },
  { path: 'inspections/:inspectionId/change', lazy: async () => ({ Component: (await import('./plan-page')).default }) },
  { path: 'self-checks', lazy: async () => ({ Component: (await import('./self-checks-page')).default }) },
];
