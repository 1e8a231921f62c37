import type { RouteObject } from 'react-router';

export const fieldRoutes: RouteObject[] = [{ path: 'today', lazy: async () => ({ Component: (await import('./today-page')).default }) }];
