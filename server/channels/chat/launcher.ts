import type { ChatPageConfig, LauncherConfig } from '../../visitors/schema.ts';
import type { Chat } from './find.ts';
import { inkOn, paletteOf } from './palette.ts';

const labels: LauncherConfig['labels'] = {
  en: { open: 'Open chat' },
  fa: { open: 'باز کردن گفت‌وگو' },
  ko: { open: '채팅 열기' },
  ro: { open: 'Deschide chatul' },
  ru: { open: 'Открыть чат' },
  sv: { open: 'Öppna chatten' },
};

/** What the loader needs before anybody opens the chat. */
export function launcherOf({ config }: Chat): LauncherConfig {
  return { title: config.title, colour: config.colour, ink: inkOn(config.colour), locale: config.locale, labels };
}

/** What the chat's page needs; it holds no secret. */
export function pageConfigOf({ key, config }: Chat): ChatPageConfig {
  return {
    channelKey: key,
    title: config.title,
    greeting: config.greeting,
    locale: config.locale,
    light: paletteOf(config.colour, 'light'),
    dark: paletteOf(config.colour, 'dark'),
  };
}

/** The page as built, with its config as data; `<` is escaped, so that no title can end the script. */
export function pageOf(html: string, chat: Chat): string {
  const data = JSON.stringify(pageConfigOf(chat)).replaceAll('<', '\\u003c');
  return html.replace('<!--config-->', () => `<script type="application/json" id="config">${data}</script>`);
}
