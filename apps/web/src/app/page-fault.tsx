import type { ReactNode } from 'react';
import { useRouteError } from 'react-router';
import { Fault } from '../ui/states';

/** A page that broke, or whose code could not be fetched: the rest of the application goes on. */
export const PageFault = (): ReactNode => <Fault error={useRouteError()} again={() => window.location.reload()} />;
