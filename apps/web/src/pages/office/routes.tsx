import type { RouteObject } from 'react-router';

export const officeRoutes: RouteObject[] = [{ path: 'triage', lazy: async () => ({ Component: (await import('./triage-page')).default }) }];
