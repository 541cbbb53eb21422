import { expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';

it('lists only products with every word asked for, in any script', async () => {
  const test = await startApp();
  const sam = await test.staff('supervisor', 'Sam');
  const form = new FormData();
  const csv =
    'sku,name,brand,category\nA1,iPhone 13 128 GB,Apple,phone\nB1,Galaxy A55 256 GB,Samsung,phone\nC1,Case for A55,Soft,case\n';
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'products.csv');
  await sam.call('POST', '/products/import', form);
  const found = async (q: string) => {
    const list = await sam.call<{ items: { sku: string }[] }>('GET', `/products?q=${encodeURIComponent(q)}`);
    return list.items.map((item) => item.sku).sort();
  };
  expect(await found('A55')).toEqual(['B1', 'C1']);
  expect(await found('galaxy a55')).toEqual(['B1']);
  expect(await found('айфон')).toEqual(['A1']);
  expect(await found('pixel')).toEqual([]);
});
