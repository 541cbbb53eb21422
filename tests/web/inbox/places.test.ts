import { describe, expect, it } from 'vitest';
import { elsewhere, money, priceText } from '../../../web/inbox/catalogue/offers.ts';
import { bySection, sectionOf } from '../../../web/inbox/knowledge/sections.ts';
import { runningClock } from '../../../web/inbox/live/clock.ts';
import { emptyMail, mailConfig, withAddress } from '../../../web/inbox/settings/channels/mailForm.ts';
import { readHours } from '../../../web/inbox/settings/stores/hours.ts';

describe('opening hours as a table', () => {
  it('puts days with the same hours together and says when it is closed', () => {
    expect(readHours('Mo-Fr 10:00-20:00; Sa 10:00-18:00')).toEqual([
      { days: [0, 4], times: ['10:00–20:00'] },
      { days: [5, 5], times: ['10:00–18:00'] },
      { days: [6, 6], times: [] },
    ]);
  });

  it('knows lunch breaks, holidays and a later rule that changes a day', () => {
    expect(readHours('Mo-Su 09:00-13:00,14:00-18:00; We off; PH off')).toEqual([
      { days: [0, 1], times: ['09:00–13:00', '14:00–18:00'] },
      { days: [2, 2], times: [] },
      { days: [3, 6], times: ['09:00–13:00', '14:00–18:00'] },
      { days: null, times: [] },
    ]);
  });

  it('shows the text itself rather than a wrong table', () => {
    expect(readHours('Jan-Mar Mo-Fr 10:00-18:00')).toBeNull();
    expect(readHours('Mo[1] 10:00-12:00')).toBeNull();
  });
});

describe('a running clock', () => {
  it('counts seconds, then hours, then days', () => {
    expect(runningClock(7_000, 'en')).toBe('0:07');
    expect(runningClock(61_000, 'en')).toBe('1:01');
    expect(runningClock(3_729_000, 'en')).toBe('1:02:09');
    expect(runningClock(2 * 86_400_000 + 3 * 3_600_000 + 4 * 60_000, 'en')).toBe('2d 3:04');
    expect(runningClock(-5, 'en')).toBe('0:00');
  });
});

describe('the form of a mailbox', () => {
  it('knows the servers of a provider by the address, and guesses those of a domain of one’s own', () => {
    const google = withAddress(emptyMail, 'shop@gmail.com');
    expect(google).toMatchObject({ provider: 'google', imap: { host: 'imap.gmail.com', port: 993 } });
    expect(withAddress(google, 'service@shop.example')).toMatchObject({
      provider: 'own',
      imap: { host: 'imap.shop.example' },
      smtp: { host: 'smtp.shop.example' },
    });
  });

  it('keeps servers that were typed by hand when the address is corrected', () => {
    const typed = {
      ...withAddress(emptyMail, 'a@shop.example'),
      imap: { host: 'mail.inside', port: 143, secure: false },
    };
    expect(withAddress(typed, 'ab@shop.example').imap.host).toBe('mail.inside');
  });

  it('leaves an empty secret out, so that the kept one stays', () => {
    const values = { ...withAddress(emptyMail, 'a@shop.example'), password: '' };
    expect(mailConfig(values)).not.toHaveProperty('imap.password');
    expect(mailConfig({ ...values, password: 'p' })).toMatchObject({
      imap: { user: 'a@shop.example', password: 'p' },
      smtp: { user: 'a@shop.example', password: 'p' },
    });
  });
});

describe('articles by section', () => {
  it('takes the file name off a path and puts the sectionless last', () => {
    expect(sectionOf('en/Orders/payment.md')).toBe('en/Orders');
    expect(sectionOf('Phones/Warranty')).toBe('Phones/Warranty');
    expect(bySection([{ path: '' }, { path: 'B' }, { path: 'A' }]).map(([name]) => name)).toEqual(['A', 'B', '']);
  });
});

describe('offers', () => {
  const offer = (storeId: string, stock: number, price: number, valid = true) => ({
    id: storeId,
    storeId,
    storeCode: storeId,
    storeName: storeId,
    price,
    currency: 'EUR',
    stock,
    onDisplay: false,
    validUntil: null,
    valid,
    asOf: '2026-11-22T00:00:00.000Z',
  });
  const product = (offers: ReturnType<typeof offer>[]) => ({
    id: 'p',
    sku: 'p',
    name: 'p',
    brand: '',
    category: 'phone',
    gtin: null,
    groupSku: null,
    description: '',
    attributes: {},
    offers,
  });

  it('tells no price that is no longer valid', () => {
    expect(priceText(product([offer('a', 1, 429), offer('b', 1, 399, false)]), 'en')).toBe('€429');
    expect(priceText(product([offer('b', 1, 399, false)]), 'en')).toBeNull();
    expect(money(12.5, 'EUR', 'en')).toBe('€12.50');
  });

  it('names the nearest store with stock first', () => {
    const store = (id: string, lat: number) => ({ id, lat, lon: 10 }) as never;
    const near = elsewhere(
      product([offer('here', 0, 1), offer('far', 9, 1), offer('near', 1, 1), offer('out', 0, 1)]),
      'here',
      [store('here', 50), store('far', 52), store('near', 50.1), store('out', 50.01)],
    );
    expect(near.map((each) => each.storeId)).toEqual(['near', 'far']);
  });
});
