import { useQuery } from '@tanstack/react-query';
import type { Store } from '../../../../server/catalogue/schema.ts';
import { get, type Page } from '../../../shared/api.ts';
import { useMay } from '../../me/queries.ts';
import { queryClient } from '../../queryClient.ts';

/** Every shop, by name; none for those who may not read the catalogue. */
export function useStores() {
  const may = useMay();
  return useQuery({
    queryKey: ['catalogue', 'stores'],
    queryFn: async ({ signal }) => (await get<Page<Store>>('/stores', { limit: 100 }, signal)).items,
    enabled: may('catalogue.read'),
    staleTime: 5 * 60_000,
  });
}

/** After an import: everything of the catalogue is asked again. */
export function catalogueChanged(): void {
  void queryClient.invalidateQueries({ queryKey: ['catalogue'] });
}
