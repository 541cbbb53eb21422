import type { CSSProperties } from 'react';
import type { Shop } from '../../../server/shop/schema.ts';

/** The shop's accent on the main button of what stands within; the words on it stay readable. */
export function accentOf(shop: Shop): CSSProperties {
  if (shop.ground === null) return {};
  return {
    '--mantine-color-accent-filled': shop.ground,
    '--mantine-color-accent-filled-hover': shop.ground,
    '--mantine-primary-color-filled': shop.ground,
    '--mantine-primary-color-filled-hover': shop.ground,
  } as CSSProperties;
}
