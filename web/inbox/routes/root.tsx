import { createRootRoute, Outlet } from '@tanstack/react-router';
import { MissingPage } from '../shell/Missing.tsx';

/** Above every address. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });
