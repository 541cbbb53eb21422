/** What the list of products is narrowed to, in the address: a list can be sent. */
export interface ProductSearch {
  q?: string;
  category?: string;
  brand?: string;
  /** A store's id. */
  store?: string;
  inStock?: true;
}

/** Reads an address; what it does not know is left out. */
export function productSearch({ q, category, brand, store, inStock }: Record<string, unknown>): ProductSearch {
  return {
    // The router reads `q=13` as a number.
    ...(q !== undefined && q !== '' ? { q: String(q).slice(0, 200) } : {}),
    ...(typeof category === 'string' ? { category } : {}),
    ...(typeof brand === 'string' ? { brand } : {}),
    ...(typeof store === 'string' ? { store } : {}),
    ...(inStock === true ? { inStock } : {}),
  };
}
