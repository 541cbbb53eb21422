import type { LauncherConfig, ShopUser } from '../../server/visitors/schema.ts';
import type { FromChat, FromPage } from './protocol.ts';

declare global {
  interface Window {
    Parley?: { open(): void; close(): void; identify(user: ShopUser): void };
  }
}

// One classic script, 3 kB, nothing imported: it draws a button, makes the frame with the chat when it is first
// wanted, and carries the visitor's token, which the page's own storage keeps (a frame's is forgotten by some browsers).
(() => {
  const script = (document.currentScript ?? document.querySelector('script[data-channel]')) as HTMLScriptElement | null;
  const channel = script?.dataset.channel;
  if (!script || !channel || window.Parley) return;

  const base = new URL('.', script.src);
  const { locale = null, theme = null, user, signature = '', name } = script.dataset;
  let shopUser: ShopUser | null = user ? { user, signature, name } : null;
  let frame: HTMLIFrameElement | undefined;
  let isReady = false;
  let isOpen = false;
  let overflow = '';

  const storageKey = () => `parley:${channel}:${shopUser?.user ?? ''}`;
  const remembered = (key: string) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is forbidden here: the visitor is new on every page
    }
  };

  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open' });
  const button = document.createElement('button');
  const badge = document.createElement('span');
  const box = document.createElement('div');

  const tell = (message: FromPage) => isReady && frame?.contentWindow?.postMessage(message, base.origin);

  function load() {
    if (frame || !host.isConnected) return;
    frame = document.createElement('iframe');
    frame.title = button.title;
    frame.allow = 'autoplay; clipboard-write';
    frame.src = `${base}widget/chat.html?channel=${encodeURIComponent(channel as string)}`;
    box.append(frame);
  }

  function show(open: boolean) {
    if (open === isOpen) return;
    isOpen = open;
    load();
    box.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    host.toggleAttribute('data-open', open);
    const page = document.documentElement.style;
    if (open) {
      overflow = page.overflow;
      if (matchMedia('(max-width:480px)').matches) page.overflow = 'hidden';
      frame?.focus();
    } else {
      page.overflow = overflow;
      button.focus();
    }
    resize();
    tell({ parley: open ? 'open' : 'closed' });
  }

  // On a phone the keyboard covers part of the page: the chat takes what is left.
  function resize() {
    const view = visualViewport;
    const isFull = isOpen && view && innerWidth <= 480;
    box.style.height = isFull ? `${view.height}px` : '';
    box.style.top = isFull ? `${view.offsetTop}px` : '';
  }

  function identify(next: ShopUser) {
    shopUser = next;
    tell({ parley: 'identify', user: next });
  }

  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== base.origin) return;
    const message = event.data as FromChat;
    if (message.parley === 'ready') {
      isReady = true;
      // Who has just logged in keeps the conversation begun before.
      const token = remembered(storageKey()) ?? remembered(`parley:${channel}:`);
      tell({ parley: 'init', token, user: shopUser, locale, theme, open: isOpen });
    } else if (message.parley === 'token') {
      try {
        if (message.user) localStorage.removeItem(`parley:${channel}:`);
        localStorage.setItem(`parley:${channel}:${message.user ?? ''}`, message.token);
      } catch {
        return; // as in remembered()
      }
    } else if (message.parley === 'unread') {
      badge.textContent = message.count;
      badge.hidden = !message.count;
      button.title = message.label;
      button.ariaLabel = message.label;
    } else if (message.parley === 'close') show(false);
  });

  async function start() {
    const answer = await fetch(`${base}widget/launcher.json?channel=${encodeURIComponent(channel as string)}`);
    if (!answer.ok) return console.warn(`Parley: the chat "${channel}" is not there (${answer.status}).`);
    const config: LauncherConfig = await answer.json();
    const labels = config.labels[(locale ?? config.locale).slice(0, 2)] ?? config.labels.en;

    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `:host{all:initial;position:fixed;z-index:2147483000;inset-block-end:0;inset-inline-end:0}button{all:unset;box-sizing:border-box;position:fixed;inset-block-end:20px;inset-inline-end:20px;width:56px;height:56px;border-radius:50%;cursor:pointer;background:${config.colour};color:${config.ink};box-shadow:0 0 0 1px #0001,0 4px 16px #0003;display:grid;place-items:center;transition:transform .12s}button:hover{transform:scale(1.04)}button:focus-visible{outline:3px solid ${config.colour};outline-offset:3px}svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}span{position:absolute;inset-block-start:-3px;inset-inline-end:-3px;min-width:20px;height:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;background:#c92a2a;color:#fff;border:2px solid #fff;font:600 11px/16px system-ui,sans-serif;text-align:center}div{position:fixed;inset-block-end:88px;inset-inline-end:20px;width:380px;height:min(600px,100vh - 108px);border-radius:14px;overflow:hidden;box-shadow:0 0 0 1px #0001,0 12px 40px #0003;background:Canvas}iframe{border:0;width:100%;height:100%;display:block}[hidden]{display:none!important}path+path,:host([data-open]) path:first-child{display:none}:host([data-open]) path+path{display:inline}@media(max-width:480px){div{inset:0;width:100%;height:100dvh;border-radius:0;box-shadow:none}:host([data-open]) button{display:none}}@media(prefers-reduced-motion){button{transition:none}}@media print{:host{display:none}}`,
    );
    shadow.adoptedStyleSheets = [sheet];
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const d of ['M4 18.5V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8z', 'M6 9.5l6 6 6-6']) {
      svg.appendChild(document.createElementNS(svg.namespaceURI, 'path')).setAttribute('d', d);
    }
    svg.ariaHidden = 'true';
    badge.hidden = box.hidden = true;
    button.type = 'button';
    button.title = button.ariaLabel = labels?.open ?? config.title;
    button.setAttribute('aria-expanded', 'false');
    button.append(svg, badge);
    button.onclick = () => show(!isOpen);
    // The frame is fetched when the button is about to be used, or at once for who has been here before.
    button.onpointerenter = button.onfocus = load;
    shadow.append(box, button);
    document.body.append(host);
    visualViewport?.addEventListener('resize', resize);
    visualViewport?.addEventListener('scroll', resize);
    if (remembered(storageKey()) ?? remembered(`parley:${channel}:`)) load();
    if (wanted) show(true);
  }

  // open() before the button is there opens as soon as it is.
  let wanted = false;
  function ask(open: boolean) {
    wanted = open;
    if (host.isConnected) show(open);
  }
  window.Parley = {
    open: () => ask(true),
    close: () => ask(false),
    identify,
  };
  const begin = () => void start().catch((error) => console.warn('Parley: the chat cannot be reached.', error));
  if (document.body) begin();
  else addEventListener('DOMContentLoaded', begin);
})();
