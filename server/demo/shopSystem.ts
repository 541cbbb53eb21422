import express, { type Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

/** What the demo store's own system and Parley both know. */
export const SHOP_SECRET = 'tideline-knows-its-orders';

const DAY_MS = 24 * 3_600_000;
const asked = z.object({ kind: z.enum(['order', 'repair', 'purchase']), reference: z.string() });

/** Orders, repairs and purchases of people in company.json, as the till would tell them now. */
function records(now: Date) {
  const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const of = (name: string, phone?: string) => ({ email: `${name}@mail.example`, ...(phone && { phone }) });
  return [
    {
      kind: 'order',
      reference: '10482',
      status: 'in transit',
      text: `In transit, expected on ${day(2)}`,
      contact: of('ben.carter', '+4917604069002'),
    },
    {
      kind: 'purchase',
      reference: '20771',
      status: 'sold',
      text: `Galaxy A55, bought on ${day(-200)} at Riverside`,
      contact: of('anna.fischer', '+4917604069001'),
    },
    {
      kind: 'repair',
      reference: 'R-3110',
      status: 'ready',
      text: 'The new screen is in; ready at Station',
      contact: of('marcus.hill'),
    },
  ];
}

/** Addresses on record there. */
export const KNOWN = records(new Date(0)).flatMap(({ contact }) => Object.values(contact));

/** A product feed of accessories, as shops publish them for Google Merchant. */
const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Tideline accessories</title>
${[
  ['TL-STRAP', 'Tideline wrist strap', '9.90 EUR'],
  ['TL-STAND', 'Tideline desk stand', '19.90 EUR'],
  ['TL-SLEEVE', 'Tideline tablet sleeve 11 inch', '24.90 EUR'],
]
  .map(
    ([id, title, price]) =>
      `<item><g:id>${id}</g:id><g:title>${title}</g:title><g:brand>Tideline</g:brand><g:product_type>accessory</g:product_type><g:price>${price}</g:price><g:availability>in_stock</g:availability></item>`,
  )
  .join('\n')}
</channel></rss>`;

/** The systems that a shop has besides Parley: its orders, asked by signed questions, and its product feed. */
export function shopSystem(): Router {
  const routes = express.Router();
  routes.get('/feed.xml', (_request, response) => {
    response.type('application/xml').send(FEED);
  });
  routes.post('/lookups', express.text({ type: '*/*' }), (request, response) => {
    const body = String(request.body);
    try {
      new Webhook(SHOP_SECRET, { format: 'raw' }).verify(body, request.headers as Record<string, string>);
    } catch {
      return void response.status(401).end();
    }
    const { kind, reference } = asked.parse(JSON.parse(body));
    const now = new Date();
    const found = records(now).find((one) => one.kind === kind && one.reference === reference);
    response.json(found ? { found: true, ...found, asOf: now.toISOString() } : { found: false });
  });
  return routes;
}
