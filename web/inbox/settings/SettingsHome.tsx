import { useMediaQuery } from '@mantine/hooks';
import { Navigate } from '@tanstack/react-router';
import { useMay } from '../me/queries.ts';

/** Nothing chosen: beside the list the first page opens; a phone shows the list alone. */
export function SettingsHome() {
  const may = useMay();
  const wide = useMediaQuery('(min-width: 720px)', true, { getInitialValueInEffect: false });
  if (!wide) return null;
  return <Navigate to={may('channels.manage') ? '/settings/channels' : '/settings/profile'} replace />;
}
