import { describe, expect, it } from 'vitest';
import type { VisitorAttachment } from '../../../server/visitors/schema.ts';
import { startApp } from '../../support/app.ts';
import { makeChat, visit } from '../../support/visitor.ts';

async function shop(config: object = {}) {
  const test = await startApp();
  const anna = await test.staff('admin', 'Anna Berg');
  const chat = await makeChat(anna, config);
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${test.url}${path}`, { headers });
  const upload = (token: string, bytes: number, name = 'photo.png', type = 'image/png') => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    return fetch(`${test.url}/widget/uploads?channel=${chat.key}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
  };
  return { test, anna, chat, get, upload };
}

describe('the pages of the chat', { timeout: 90_000 }, () => {
  it('are the loader for every site, and the page for the sites that the chat allows', async () => {
    const { chat, get } = await shop({ allowedOrigins: ['https://shop.example/start'], title: '</script><b>' });
    const loader = await get('/widget.js');
    expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(loader.headers.get('content-type')).toContain('javascript');

    const page = await get(`/widget/chat.html?channel=${chat.key}`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/frame-ancestors 'self' https:\/\/shop\.example http:\/\/localhost:/);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(page.headers.get('x-frame-options')).toBeNull();
    const html = await page.text();
    expect(html).not.toContain('<b>');
    expect(html).toContain('\\u003c/script>');

    const [script = ''] = /\/widget\/assets\/[\w-]+\.js/.exec(html) ?? [];
    const plain = await get(script, { 'Accept-Encoding': 'identity' });
    for (const encoding of ['br', 'gzip']) {
      const packed = await get(script, { 'Accept-Encoding': encoding });
      expect(packed.headers.get('content-encoding')).toBe(encoding);
      expect(packed.headers.get('content-type')).toBe(plain.headers.get('content-type'));
      expect(packed.headers.get('cache-control')).toContain('immutable');
      expect(await packed.text()).toBe(await plain.clone().text());
    }
    expect(plain.headers.get('content-encoding')).toBeNull();

    const allowed = await get(`/widget/launcher.json?channel=${chat.key}`, { Origin: 'https://shop.example' });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, 'https://shop.example']);
    const refused = await get(`/widget/launcher.json?channel=${chat.key}`, { Origin: 'https://evil.example' });
    expect(refused.status).toBe(403);
    expect((await get('/widget/chat.html?channel=none')).status).toBe(404);
    expect((await get('/widget/launcher.json')).status).toBe(404);
  });

  it('tell no secret of the chat', async () => {
    const { chat, get } = await shop({ identitySecret: 'the shop and Parley alone' });
    for (const path of ['chat.html', 'launcher.json']) {
      expect(await (await get(`/widget/${path}?channel=${chat.key}`)).text()).not.toContain('alone');
    }
  });

  it('take files from visitors only, and not too large ones', async () => {
    const { test, chat, upload } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const token = visitor.hello.visitorToken;
    expect((await upload('nobody', 10)).status).toBe(401);
    expect((await upload(token, 10 * 1024 * 1024 + 1)).status).toBe(413);
    expect((await upload(token, 10)).status).toBe(201);
    visitor.close();
  });

  it('show a file to who has its address, a picture in place and nothing that could run', async () => {
    const { test, chat, get, upload } = await shop();
    const visitor = await visit(test, { channelKey: chat.key });
    const token = visitor.hello.visitorToken;
    const photo = (await (await upload(token, 10)).json()) as VisitorAttachment;
    const page = (await (await upload(token, 10, 'page.html', 'text/html')).json()) as VisitorAttachment;
    expect((await get(photo.url)).headers.get('content-type')).toBe('image/png');
    const served = await get(page.url);
    expect(served.headers.get('content-type')).toBe('application/octet-stream');
    expect(served.headers.get('content-disposition')).toContain('attachment');
    expect((await get(photo.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(404);
    expect((await get(page.url.replace(page.id, photo.id))).status).toBe(404);

    const other = await visit(test, { channelKey: chat.key });
    expect(await other.write('not mine', { attachmentIds: [photo.id] })).toMatchObject({
      error: { code: 'attachment.unknown' },
    });
    expect(await visitor.write('mine', { attachmentIds: [photo.id] })).toMatchObject({
      attachments: [{ name: 'photo.png', sizeBytes: 10 }],
    });
    for (const screen of [visitor, other]) screen.close();
  });
});
