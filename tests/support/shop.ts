import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A shop's site on an origin of its own, whose pages hold the chat. */
export interface Shop {
  origin: string;
  /** Address of a page with these attributes in its script tag. */
  page(attributes: Record<string, string>): string;
  stop(): Promise<void>;
}

/** @param parleyUrl where widget.js comes from; read at each request */
export async function openShop(parleyUrl: () => string): Promise<Shop> {
  const server = createServer((req, res) => {
    if (req.url === '/robots.txt') return void res.end('User-agent: *\nAllow: /\n');
    const attributes = [...new URL(req.url ?? '/', 'http://shop').searchParams].map(
      ([name, value]) => `${name}="${value}"`,
    );
    const locale = /data-locale="(\w+)"/.exec(attributes.join(' '))?.[1] ?? 'en';
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    // As strict as a careful shop: the loader needs no inline style and no eval.
    res.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src ${parleyUrl()}; connect-src 'self' ${parleyUrl()}; frame-src ${parleyUrl()}; style-src 'none'`,
    );
    res.end(`<!doctype html><html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}">
      <head><title>Riverside Phones</title><meta name="description" content="Phones, tariffs and repairs in Riverside."><meta name="viewport" content="width=device-width, initial-scale=1"></head>
      <body><main><h1>Riverside Phones</h1><p>Phones, tariffs and repairs.</p><a href="/">Home</a></main>
      <script src="${parleyUrl()}/widget.js" ${attributes.join(' ')} async></script></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://shop.localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (attributes) => `${origin}/page?${new URLSearchParams(attributes)}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
