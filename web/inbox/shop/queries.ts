import { useQuery } from '@tanstack/react-query';
import type { EditShop, Shop } from '../../../server/shop/schema.ts';
import { get, patch, put, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

const shopKey = ['shop'];
const unnamed: Shop = { name: '', accent: null, ground: null, logoUrl: null };

/** How the shop is called and looks; before it is known, as one that never said. */
export function useShop(): Shop {
  return useShopSettings().data ?? unnamed;
}

/** The same for who changes it. */
export function useShopSettings() {
  return useQuery({ queryKey: shopKey, queryFn: ({ signal }) => get<Shop>('/shop', undefined, signal) });
}

export async function editShop(change: EditShop): Promise<void> {
  queryClient.setQueryData(shopKey, await patch<Shop>('/shop', change));
}

/** Takes a picture as the logo, or none. */
export async function setLogo(file: File | null): Promise<void> {
  if (file === null) return void queryClient.setQueryData(shopKey, await remove<Shop>('/shop/logo'));
  const form = new FormData();
  form.set('file', file);
  queryClient.setQueryData(shopKey, await put<Shop>('/shop/logo', form));
}
