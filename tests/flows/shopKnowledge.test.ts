import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Feed, OldPrice, Product } from '../../server/catalogue/schema.ts';
import type { ConsultAnswer } from '../../server/consult/schema.ts';
import type { Article, ArticleVersion, ImportJob, Synonym } from '../../server/knowledge/schema.ts';
import { type Staff, startApp, type TestApp } from '../support/app.ts';
import { until } from '../support/until.ts';

type List<T> = { items: T[] };

describe('what a shop brings and keeps', { timeout: 90_000 }, () => {
  let test: TestApp;
  let maya: Staff;
  beforeAll(async () => {
    test = await startApp({ keep: true });
    maya = await test.staff('admin', 'Maya');
  }, 60_000);
  afterAll(() => test?.stop());

  const upload = <T>(path: string, name: string, content: string | Uint8Array) => {
    const form = new FormData();
    form.set('file', new Blob([content as string]), name);
    return maya.call<T>('POST', path, form);
  };

  it('an article keeps every state it had, and any of them comes back', async () => {
    const { id } = await maya.call<Article>('POST', '/articles', { title: 'Returns', body: 'Within 14 days.' });
    await maya.call('PATCH', `/articles/${id}`, { body: 'Within 30 days.' });
    const before = (await maya.call<List<ArticleVersion>>('GET', `/articles/${id}/versions`)).items;
    expect(before.map((version) => [version.version, version.body, version.byUserId])).toEqual([
      [2, 'Within 30 days.', null],
      [1, 'Within 14 days.', maya.id],
    ]);
    expect(await maya.call<Article>('PUT', `/articles/${id}/versions/1`)).toMatchObject({
      version: 3,
      body: 'Within 14 days.',
    });
    expect((await maya.call<List<ArticleVersion>>('GET', `/articles/${id}/versions`)).items).toHaveLength(3);
  });

  it('a word of the store finds articles and products by its other words, on every process within a second', async () => {
    await maya.call('POST', '/articles', {
      title: 'Insurance',
      body: 'A broken phone is replaced by our shield plan.',
    });
    await upload('/products/import', 'p.csv', 'sku,name,brand,category\nFP5,Fairphone 5,Fairphone,phone\n');
    const other = await startApp({ databaseUrl: test.databaseUrl, keep: true });
    const answer = async (question: string, url = other.url) => {
      const response = await fetch(`${url}/api/v1/consult`, {
        method: 'POST',
        headers: { authorization: `Bearer ${maya.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ question }),
      });
      return (await response.json()) as ConsultAnswer;
    };
    const article = async () => (await answer('do you have kasko')).answer?.text ?? '';
    const product = async () => (await answer('price of the fipsi five')).asked?.productIds ?? [];
    expect(await product()).toEqual([]);
    expect(await article()).not.toContain('shield plan');
    const { id } = await maya.call<Synonym>('POST', '/synonyms', { words: ['Kasko', 'shield plan'] });
    await maya.call('POST', '/synonyms', { words: ['fipsi five', 'Fairphone 5'] });
    await until(product, (ids) => ids.length === 1, 1000);
    expect(await article()).toContain('shield plan');
    expect((await maya.call<List<Product>>('GET', '/products?q=fipsi%20five')).items).toMatchObject([{ sku: 'FP5' }]);
    await maya.call('DELETE', `/synonyms/${id}`);
    await until(article, (text) => !text.includes('shield plan'), 1000);
    await other.stop();
    expect((await maya.ask('POST', '/synonyms', { words: ['Kasko', 'kasko'] })).status).toBe(422);
    const seller = await test.staff('consultant');
    expect((await seller.ask('POST', '/synonyms', { words: ['a1', 'b1'] })).status).toBe(403);
    expect((await seller.call<List<Synonym>>('GET', '/synonyms')).items).toHaveLength(1);
  });

  it('a long import is a job that tells how far it is; the same file again changes nothing', async () => {
    const noise = (at: number) =>
      Array.from({ length: 2500 }, (_, word) => `w${(word * 7919 + at * 104729) % 99991}`).join(' ');
    const zip = zipSync(
      Object.fromEntries(
        Array.from({ length: 120 }, (_, at) => [`help/${at}.md`, strToU8(`# Help ${at}\n\n${noise(at)}`)]),
      ),
      { level: 0 },
    );
    for (const expected of [
      { imported: 120, updated: 0, skipped: 0 },
      { imported: 0, updated: 0, skipped: 120 },
    ]) {
      const { jobId } = await upload<{ jobId: string }>('/articles/import', 'help.zip', zip);
      await test.settle();
      expect(await maya.call<ImportJob>('GET', `/imports/${jobId}`)).toMatchObject({
        state: 'done',
        done: 120,
        total: 120,
        report: expected,
      });
    }
    const { items } = await maya.call<List<{ type: string; patch: ImportJob }>>('GET', '/feed?after=0&limit=100');
    const steps = items.filter((event) => event.type === 'import.progress').map((event) => event.patch.done);
    expect(steps).toEqual([0, 50, 100, 120, 0, 50, 100, 120]);
  });

  it('a merchant feed is fetched by its address, never from the own network unless allowed, and old prices are kept', async () => {
    let price = 429;
    const shop = createServer((_, response) => {
      response.end(
        `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>A55</g:id><g:title>Galaxy A55</g:title><g:brand>Samsung</g:brand><g:price>${price}.00 EUR</g:price><g:availability>in_stock</g:availability><g:quantity>3</g:quantity></item></channel></rss>`,
      );
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/feed.xml`;
    await upload('/stores/import', 's.csv', 'code,name,timezone\nRIV,Riverside,UTC\n');
    const { id: storeId } = await maya.call<{ id: string }>('GET', '/stores/RIV');
    const feed = await maya.call<Feed>('POST', '/catalogue-feeds', { name: 'Shop', url, storeId });
    expect(await maya.call<Feed>('POST', `/catalogue-feeds/${feed.id}/run`)).toMatchObject({
      lastState: 'failed',
      lastError: expect.stringContaining('own network'),
    });
    await maya.call('PATCH', `/catalogue-feeds/${feed.id}`, { allowPrivate: true });
    await test.app.deps.schedule.runAll();
    const [product] = (await maya.call<List<Product>>('GET', '/products?q=A55')).items;
    expect(product?.offers).toMatchObject([{ storeCode: 'RIV', price: 429, currency: 'EUR', stock: 3 }]);
    price = 399;
    await maya.call('POST', `/catalogue-feeds/${feed.id}/run`);
    expect((await maya.call<List<OldPrice>>('GET', `/products/${product?.id}/old-prices`)).items).toMatchObject([
      { storeName: 'Riverside', price: 429, currency: 'EUR' },
    ]);
    shop.close();
  });
});
