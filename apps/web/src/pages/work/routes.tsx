import type { RouteObject } from 'react-router';

export const workRoutes: RouteObject[] = [{ path: 'inbox', lazy: async () => ({ Component: (await import('./inbox-page')).default }) }];
