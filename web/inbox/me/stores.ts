import { useQuery } from '@tanstack/react-query';
import type { Store } from '../../../server/catalogue/schema.ts';
import { get, type Page } from '../../shared/api.ts';
import { useMay } from './queries.ts';

/** The shops by name, for those who may see them, once they are wanted; the settings page asks with the same key. */
export function useStoreNames(wanted = true): Store[] {
  const may = useMay();
  const stores = useQuery({
    queryKey: ['catalogue', 'stores'],
    queryFn: async ({ signal }) => (await get<Page<Store>>('/stores', { limit: 100 }, signal)).items,
    enabled: wanted && may('catalogue.read'),
    staleTime: 5 * 60_000,
  });
  return stores.data ?? [];
}
