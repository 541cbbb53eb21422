import { inkOn } from '../../lib/colour.ts';
import type { ChatPageConfig, LauncherConfig } from '../../visitors/schema.ts';
import type { Chat } from './find.ts';
import { paletteOf } from './palette.ts';

/** What a chat shows of the shop it is of. */
interface Shop {
  name: string;
  logoUrl: string | null;
}

const labels: LauncherConfig['labels'] = {
  en: { open: 'Open chat' },
  fa: { open: 'باز کردن گفت‌وگو' },
  ko: { open: '채팅 열기' },
  ro: { open: 'Deschide chatul' },
  ru: { open: 'Открыть чат' },
  sv: { open: 'Öppna chatten' },
};

/** What the loader needs before anybody opens the chat. */
export function launcherOf({ config }: Chat, shop: Shop): LauncherConfig {
  return {
    title: titleOf(config.title, shop),
    colour: config.colour,
    ink: inkOn(config.colour),
    locale: config.locale,
    labels,
  };
}

/** What the chat's page needs; it holds no secret. */
export function pageConfigOf({ key, config }: Chat, shop: Shop, timezone: string): ChatPageConfig {
  return {
    channelKey: key,
    title: titleOf(config.title, shop),
    logoUrl: shop.logoUrl,
    greeting: config.greeting,
    locale: config.locale,
    timezone,
    light: paletteOf(config.colour, 'light'),
    dark: paletteOf(config.colour, 'dark'),
  };
}

/** The page as built, with its config as data; `<` is escaped, so that no title can end the script. */
export function pageOf(html: string, chat: Chat, shop: Shop, timezone: string): string {
  const data = JSON.stringify(pageConfigOf(chat, shop, timezone)).replaceAll('<', '\\u003c');
  return html.replace('<!--config-->', () => `<script type="application/json" id="config">${data}</script>`);
}

/** A chat without a title of its own is called as the shop is. */
function titleOf(title: string, shop: Shop): string {
  return title || shop.name || 'Chat';
}
