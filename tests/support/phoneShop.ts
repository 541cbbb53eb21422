import type { Staff } from './app.ts';

const STORES = `code,name,timezone,hours
riverside,Riverside,Europe/Berlin,Mo-Fr 10:00-20:00; Sa 10:00-18:00
station,Station,Europe/Berlin,Mo-Su 08:00-21:00
`;
const PRODUCTS = `sku,name,brand,category,groupSku,colour,storage_gb
A55-256-BLU,Samsung Galaxy A55 5G 256 GB blue,Samsung,phone,A55,blue,256
A55-128-LIL,Samsung Galaxy A55 5G 128 GB lilac,Samsung,phone,A55,lilac,128
PX9A-128,Google Pixel 9a 128 GB black,Google,phone,PX9A,black,128
`;

/** A small shop, imported as a shop would: two stores, three phones; the A55 in blue costs 429 EUR, two are at Riverside. */
export async function importPhoneShop(admin: Staff, asOf: Date): Promise<void> {
  const at = asOf.toISOString();
  const offers = `sku,store,price,currency,stock,asOf
A55-256-BLU,riverside,429,EUR,2,${at}
A55-256-BLU,station,429,EUR,0,${at}
A55-128-LIL,riverside,389,EUR,1,${at}
PX9A-128,riverside,499,EUR,4,${at}
`;
  const upload = (path: string, name: string, content: string) => {
    const form = new FormData();
    form.set('file', new Blob([content]), name);
    return admin.call('POST', path, form);
  };
  await upload('/stores/import', 'stores.csv', STORES);
  await upload('/products/import', 'products.csv', PRODUCTS);
  await upload('/offers/import', 'offers.csv', offers);
}
