import type { RouteObject } from 'react-router';

export const roundTripRoutes: RouteObject[] = [
  { path: 'round-trip', lazy: async () => ({ Component: (await import('./round-trips-page')).default }) },
  { path: 'round-trip/:id', lazy: async () => ({ Component: (await import('./round-trip-page')).default }) },
];
