import type { FromChat, FromPage } from '../protocol.ts';

/** The page around the frame; opened on its own, the chat is its own host. */
export interface Host {
  /** True when there is a page around, with a button of its own to close the chat. */
  framed: boolean;
  tell(message: FromChat): void;
}

/** Where the token is kept when the chat stands on a page of its own. */
const ownTokenKey = (channelKey: string) => `parley:${channelKey}`;

/**
 * Says to the page around that the chat is there and hands on what the page answers. Who may be around is decided
 * by the server's `frame-ancestors`; what is secret goes only to the origin that answered.
 */
export function meetHost(channelKey: string, onMessage: (message: FromPage) => void): Host {
  if (window.parent === window) return standAlone(channelKey, onMessage);
  let origin: string | null = null;
  addEventListener('message', (event) => {
    if (event.source !== window.parent) return;
    origin = event.origin;
    onMessage(event.data as FromPage);
  });
  window.parent.postMessage({ parley: 'ready' } satisfies FromChat, '*');
  return { framed: true, tell: (message) => origin !== null && window.parent.postMessage(message, origin) };
}

function standAlone(channelKey: string, onMessage: (message: FromPage) => void): Host {
  const query = new URLSearchParams(location.search);
  // Not before meetHost has returned: the answer to the first message needs the host.
  queueMicrotask(() =>
    onMessage({
      parley: 'init',
      token: localStorage.getItem(ownTokenKey(channelKey)),
      user: null,
      locale: query.get('locale'),
      theme: query.get('theme'),
      open: true,
    }),
  );
  return {
    framed: false,
    tell: (message) => {
      if (message.parley === 'token') localStorage.setItem(ownTokenKey(channelKey), message.token);
    },
  };
}
