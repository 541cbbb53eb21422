import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchPublic, isPublicAddress } from '../../../server/lib/fetchPublic.ts';

let server: Server;
let port = 0;
const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
const png = Buffer.from('89504e470d0a1a0a', 'hex');

beforeAll(async () => {
  server = createServer((req, res) => {
    const path = req.url ?? '';
    asked.push({ path, headers: req.headers });
    if (path === '/a.png') res.setHeader('Content-Type', 'image/png').setHeader('Set-Cookie', 'a=b').end(png);
    else if (path === '/page') res.setHeader('Content-Type', 'text/html').end('<script>1</script>');
    else if (path === '/svg') res.setHeader('Content-Type', 'image/svg+xml').end('<svg/>');
    else if (path === '/endless') {
      res.setHeader('Content-Type', 'image/png');
      const more = () => void (res.destroyed || !res.write(Buffer.alloc(65_536)) || setImmediate(more));
      res.on('drain', more);
      more();
    } else if (path === '/slow') res.setHeader('Content-Type', 'image/png').write(png);
    else if (path === '/round') res.writeHead(302, { Location: '/round' }).end();
    else if (path === '/inside') res.writeHead(302, { Location: `http://inside.example:${port}/a.png` }).end();
    else if (path === '/file') res.writeHead(302, { Location: 'file:///etc/passwd' }).end();
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const limits = {
  maxBytes: 200_000,
  timeoutMs: 2_000,
  maxRedirects: 3,
  isAllowedType: (type: string) => type === 'image/png',
};
/** Names of the test alone; what is inside may not be reached. */
let answers: string[][] = [];
const world = {
  resolve: async (host: string) =>
    host === 'inside.example'
      ? ['127.0.0.2']
      : host === 'two.example'
        ? (answers.shift() ?? ['127.0.0.2'])
        : ['127.0.0.1'],
  mayReach: (address: string) => address === '127.0.0.1',
};
const fetched = (path: string, host = 'shop.example') => fetchPublic(`http://${host}:${port}${path}`, limits, world);

describe('a picture from elsewhere', () => {
  it('is fetched without telling who reads', async () => {
    asked.length = 0;
    expect(await fetched('/a.png')).toEqual({ type: 'image/png', body: png });
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  for (const [path, why] of [
    ['/page', 'type'],
    ['/svg', 'type'],
    ['/endless', 'size'],
    ['/slow', 'time'],
    ['/round', 'redirects'],
    ['/inside', 'private'],
    ['/file', 'address'],
    ['/none', 'status'],
  ] as const) {
    it(`is refused by its ${why}: ${path}`, async () => {
      await expect(fetched(path)).rejects.toMatchObject({ why });
    });
  }

  it('is refused when one of its addresses is not public, and the checked address is the one spoken to', async () => {
    answers = [['127.0.0.1', '127.0.0.2']];
    await expect(fetched('/a.png', 'two.example')).rejects.toMatchObject({ why: 'private' });
    answers = [['127.0.0.1'], ['127.0.0.2']];
    expect((await fetched('/a.png', 'two.example')).body).toEqual(png);
    expect(answers).toEqual([['127.0.0.2']]);
  });

  for (const url of [
    'http://127.0.0.1/a',
    'http://localhost/a',
    'http://2130706433/a',
    'http://0x7f.1/a',
    'http://[::1]/a',
    'http://[::ffff:127.0.0.1]/a',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/a',
    'http://[fd00::1]/a',
    'http://[64:ff9b::7f00:1]/a',
    'http://user:pass@example.com/a',
    'ftp://example.com/a',
    'file:///etc/passwd',
    'http://8.8.8.8:22/a',
    'not an address',
  ]) {
    it(`is never asked of ${url}`, async () => {
      const why = await fetchPublic(url, limits).catch((error: { why: string }) => error.why);
      expect(['private', 'address']).toContain(why);
    });
  }

  it('may lie on the open internet', () => {
    expect(['93.184.216.34', '2606:4700::1111'].map(isPublicAddress)).toEqual([true, true]);
  });
});
