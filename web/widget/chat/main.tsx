import './style.css';
import { render } from 'preact';
import type { ChatPageConfig, Palette } from '../../../server/visitors/schema.ts';
import { chime } from '../../shared/ui/chime.ts';
import type { FromPage } from '../protocol.ts';
import { App } from './App.tsx';
import { ChatConnection } from './connection.ts';
import { type Host, meetHost } from './host.ts';
import { Outbox } from './outbox.ts';
import { isSoundOn } from './sound.ts';
import { firstState, unreadWords } from './state.ts';
import { frameStorage } from './storage.ts';
import { Store } from './store.ts';
import { loadWords } from './words.ts';

const config = JSON.parse(document.getElementById('config')?.textContent ?? 'null') as ChatPageConfig;
const storage = frameStorage();
const store = new Store(firstState);
let connection: ChatConnection | undefined;
const host: Host = meetHost(config.channelKey, (message) => void hear(message));

async function hear(message: FromPage): Promise<void> {
  switch (message.parley) {
    case 'init':
      if (!connection) await begin(message);
      break;
    case 'open':
    case 'closed':
      store.tell({ type: 'open', isOpen: message.parley === 'open' });
      break;
    case 'identify':
      connection?.identify(message.user);
      break;
  }
}

async function begin(init: Extract<FromPage, { parley: 'init' }>): Promise<void> {
  const words = await loadWords(init.locale ?? config.locale);
  const root = document.documentElement;
  root.lang = words.locale;
  root.dir = words.dir;
  document.title = config.title;
  dress(root, init.theme);

  // What one user of the shop has not sent is not the next one's.
  const whose = `${config.channelKey}:${init.user?.user ?? ''}`;
  connection = new ChatConnection({
    store,
    channelKey: config.channelKey,
    token: init.token,
    user: init.user,
    locale: words.locale,
    onToken: (token, user) => host.tell({ parley: 'token', token, user }),
    onNews: () => {
      if (isSoundOn(storage) && (document.hidden || !store.state.isOpen)) chime();
    },
  });
  const outbox = new Outbox({
    send: connection.send,
    storage,
    storageKey: `parley:outbox:${whose}`,
    onChange: (pending) => store.tell({ type: 'pending', pending }),
    onStored: (message, stored) =>
      store.tell({
        type: 'message',
        message: {
          id: stored.messageId,
          threadId: stored.threadId,
          clientKey: message.clientKey,
          direction: 'inbound',
          author: { kind: 'client', name: '' },
          text: message.text,
          attachments: stored.attachments,
          sources: [],
          via: 'chat',
          sentAt: stored.sentAt,
          readAt: null,
        },
      }),
    later: (work, delayMs) => void setTimeout(work, delayMs),
  });
  store.tell({ type: 'open', isOpen: init.open });
  store.tell({ type: 'pending', pending: outbox.messages });
  store.subscribe(() => outbox.online(store.state.connection === 'online'));

  render(
    <App
      config={config}
      store={store}
      outbox={outbox}
      connection={connection}
      words={words}
      storage={storage}
      draftKey={`parley:draft:${whose}`}
      onClose={host.framed ? () => host.tell({ parley: 'close' }) : null}
      onUnread={(count, more) => {
        const n = count === 0 ? '' : unreadWords({ count, more }, words.locale);
        const { title } = config;
        const label = n === '' ? words.say('open', { title }) : words.say('unread', { title, n, plural: count });
        host.tell({ parley: 'unread', count: n, label });
      }}
    />,
    document.getElementById('chat') as HTMLElement,
  );
}

/** The channel's colours, as light or dark as the page or else the visitor's system wishes. */
function dress(root: HTMLElement, theme: string | null): void {
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const scheme = theme === 'light' || theme === 'dark' ? theme : prefersDark.matches ? 'dark' : 'light';
    root.dataset.scheme = scheme;
    const colours: Palette = config[scheme];
    root.style.setProperty('--accent', colours.accent);
    root.style.setProperty('--on-accent', colours.onAccent);
    root.style.setProperty('--accent-text', colours.accentText);
  };
  prefersDark.addEventListener('change', apply);
  apply();
}
