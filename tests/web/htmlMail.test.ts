import { describe, expect, it } from 'vitest';
import { bringsColours, frameDocument, hasQuote, isDesigned, wantsRemote } from '../../web/inbox/thread/htmlMail.ts';

const look = { pictures: null, quotes: false, colours: null, dir: 'ltr' } as const;

describe('a letter’s frame', () => {
  it('allows nothing from elsewhere until its reader says so', () => {
    const html = '<img src="https://tracker.example/p.gif"><table background="//cdn.example/b.png"></table>';
    const closed = frameDocument(html, [], look);
    expect(closed).toContain("default-src 'none'; img-src data: 'self'; style-src 'unsafe-inline'");
    expect(closed).not.toMatch(/\ssrc="https:/);
    expect(closed).not.toMatch(/\sbackground="\/\//);
    expect(frameDocument(html, [], { ...look, pictures: '/api/v1/messages/m/images' })).not.toMatch(/\ssrc="https:/);
  });

  it('shows the pictures that came with it', () => {
    const attachment = {
      id: 'a',
      name: 'logo.png',
      type: 'image/png',
      sizeBytes: 1,
      inline: true,
      contentId: 'logo@x y',
      url: '/api/v1/attachments/a',
    };
    expect(frameDocument('<img src="cid:logo@x%20y">', [attachment], look)).toContain('src="/api/v1/attachments/a"');
    expect(frameDocument('<img src="cid:100%">', [attachment], look)).toContain('cid:100%');
  });

  it('puts back what the server took out of its places, when it may', () => {
    const html = '<img alt="x" data-remote-src="https://shop.example/a.png?a=1&amp;b=2" /><img data-cid="logo@x" />';
    const logo = {
      id: 'a',
      name: 'l.png',
      type: 'image/png',
      sizeBytes: 1,
      inline: true,
      contentId: 'logo@x',
      url: '/api/v1/attachments/a',
    };
    expect(wantsRemote(html)).toBe(true);
    expect(frameDocument(html, [logo], look)).not.toMatch(/\ssrc="https:/);
    expect(frameDocument(html, [logo], look)).toContain('<img src="/api/v1/attachments/a" />');
    expect(frameDocument(html, [logo], { ...look, pictures: '/api/v1/messages/m/images' })).toContain(
      '<img alt="x" src="/api/v1/messages/m/images?url=https%3A%2F%2Fshop.example%2Fa.png%3Fa%3D1%26b%3D2" />',
    );
  });

  it('is used for what was designed, and asks only when there is something to ask for', () => {
    expect(isDesigned('<p>Hello <b>you</b></p>')).toBe(false);
    expect(isDesigned('<table><tr></tr></table>')).toBe(true);
    expect(wantsRemote('<img src="cid:a"><img src="data:image/png;base64,x">')).toBe(false);
    expect(wantsRemote('<td style="background-image:url(\'https://a.example/b.png\')">')).toBe(true);
    expect(bringsColours('<p>plain</p>')).toBe(false);
    expect(bringsColours('<p style="color:#333">dark on nothing</p>')).toBe(true);
    expect(hasQuote('<div class="gmail_quote">then</div>')).toBe(true);
  });
});
