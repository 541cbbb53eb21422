import type { SpokenLanguage } from '../../consult/understand/lexicon.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fa } from './fa.ts';
import { ko } from './ko.ts';
import { ro } from './ro.ts';
import { ru } from './ru.ts';
import { sv } from './sv.ts';
import type { BotWords } from './table.ts';

/** The bot's words by language. */
export const BOT_WORDS: Readonly<Record<SpokenLanguage, BotWords>> = { en, ru, ko, ro, fa, sv, de, es };
