import { lazy, Suspense, type ReactNode } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, Navigate, RouterProvider, type RouteObject } from 'react-router';
import { asRefused } from '../api/problem';
import { accountRoutes } from '../pages/account/routes';
import { adminRoutes } from '../pages/admin/routes';
import { bulletinRoutes } from '../pages/bulletins/routes';
import { carryOverRoutes } from '../pages/carry-overs/routes';
import { escalationRoutes } from '../pages/escalation/routes';
import { fieldRoutes } from '../pages/field/routes';
import { findingRoutes } from '../pages/finding/routes';
import { inspectionRoutes } from '../pages/inspections/routes';
import { leaderRoutes } from '../pages/leaders/routes';
import { noticeRoutes } from '../pages/notices/routes';
import { notificationRoutes } from '../pages/notifications/routes';
import { officeRoutes } from '../pages/office/routes';
import { roundTripRoutes } from '../pages/round-trip/routes';
import { selectionRoutes } from '../pages/selections/routes';
import { supervisionRoutes } from '../pages/supervision/routes';
import { workRoutes } from '../pages/work/routes';
import { Loading } from '../ui/states';
import { Toasts } from '../ui/toast';
import { Layout } from './layout';
import { homeFor } from './nav';
import { NoSuchPage, PageFault } from './page-fault';
import { SessionGate, useSession } from './session';

const SignIn = lazy(() => import('../pages/sign-in/sign-in-page'));
const OfflineDoor = lazy(() => import('../offline/offline-door'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What was refused is refused again; what did not arrive may.
      retry: (count, error) => asRefused(error).status === 0 && count < 2,
      refetchOnWindowFocus: false,
      // Without a network a page says so instead of waiting for one.
      networkMode: 'always',
    },
  },
});

const Home = (): ReactNode => {
  const { has } = useSession();
  return <Navigate to={homeFor(has)} replace />;
};

const areas: RouteObject[] = [
  ...fieldRoutes,
  ...workRoutes,
  ...findingRoutes,
  ...officeRoutes,
  ...leaderRoutes,
  ...adminRoutes,
  ...inspectionRoutes,
  ...accountRoutes,
  ...selectionRoutes,
  ...carryOverRoutes,
  ...roundTripRoutes,
  ...noticeRoutes,
  ...escalationRoutes,
  ...supervisionRoutes,
  ...bulletinRoutes,
  ...notificationRoutes,
];
const router = createBrowserRouter([
  {
    element: <Layout />,
    HydrateFallback: Loading,
    children: [
      {
        errorElement: <PageFault />,
        children: [{ index: true, element: <Home /> }, ...areas, { path: '*', element: <NoSuchPage /> }],
      },
    ],
  },
]);

export const App = (): ReactNode => (
  <QueryClientProvider client={queries}>
    <Toasts>
      <SessionGate
        door={
          <Suspense fallback={<Loading />}>
            <SignIn />
          </Suspense>
        }
        broken={(again) => (
          <Suspense fallback={<Loading />}>
            <OfflineDoor again={again} />
          </Suspense>
        )}
        waiting={<Loading />}
      >
        <RouterProvider router={router} />
      </SessionGate>
    </Toasts>
  </QueryClientProvider>
);
