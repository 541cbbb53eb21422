import { endpoint } from '../http/endpoint.ts';
import { botSettings } from './schema.ts';
import { readBotSettings, saveBotSettings } from './settings.ts';

export const settings = endpoint({
  summary: 'What the bot promises by itself',
  answer: botSettings,
  run: ({ db }) => readBotSettings(db),
});

export const saveSettings = endpoint({
  summary: 'Sets what the bot promises by itself',
  body: botSettings,
  answer: botSettings,
  run: ({ db }, { body, now }) => saveBotSettings(db, body, now),
});
