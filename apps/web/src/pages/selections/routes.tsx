import type { RouteObject } from 'react-router';

export const selectionRoutes: RouteObject[] = [
  { path: 'selections', lazy: async () => ({ Component: (await import('./selections-page')).default }) },
  { path: 'selections/:id', lazy: async () => ({ Component: (await import('./selection-page')).default }) },
];
