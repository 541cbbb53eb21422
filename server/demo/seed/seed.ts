import type { Deps } from '../../deps.ts';
import { type Api, signIn } from '../api.ts';
import type { Chance } from '../chance.ts';
import { type DemoData, offersCsv } from '../data.ts';
import type { WrittenKind } from '../dialogues.ts';
import { makeCast } from './cast.ts';
import { makeHistory, type Setting } from './history.ts';
import { seedKnowledge, tellShopSystem } from './knowledge.ts';
import { makeStaff } from './people.ts';
import { storeCast, storeHistory } from './store.ts';
import { seedStories } from './stories.ts';

/** Where the demo's channels lead; ports change from start to start. */
export interface FarSides {
  sinkPort: number;
  botToken: string;
  /** Origin of the page that shows the shop. */
  shopOrigin: string;
}

const SETTING_KEY = 'demo';
/** When the desk is manned, Monday first. */
const DAY = [{ from: '09:00', to: '20:00' }];
const WEEK = [DAY, DAY, DAY, DAY, DAY, DAY, []];
const PASSERS_BY = 70;
const MINUTE_MS = 60_000;
export const MAILBOX = 'hello@tideline.example';

/** Fills an empty Parley with the demo's company: catalogue and articles by its own API, the past by SQL. */
export async function seed(
  deps: Pick<Deps, 'db' | 'auth' | 'config'>,
  data: DemoData,
  farSides: FarSides,
  password: string,
  chance: Chance,
  say: (line: string) => void,
): Promise<void> {
  const { db, auth, config } = deps;
  const now = new Date();
  const api = await signIn(config.publicUrl, adminOf(data), password);
  say('Filling the catalogue and the knowledge base …');
  await api.upload('/stores/import', 'stores.csv', data.storesCsv);
  await makeStaff(db, data, await auth.hashPassword(password), now);
  await api.send('PUT', '/calendars/company/company', { name: 'Tideline', timezone: 'Europe/Berlin', week: WEEK });
  await api.upload('/products/import', 'products.csv', data.productsCsv);
  await api.upload('/offers/import', 'offers.csv', offersCsv(data, chance, now));
  await api.upload('/rules/import', 'rules.json', data.rules);
  await api.upload('/articles/import', 'articles.json', JSON.stringify(data.articles));
  say('Writing four weeks of conversations …');
  const setting = await makeSetting(db, await makeChannels(api, farSides));
  const cast = makeCast(data, chance, PASSERS_BY);
  await storeCast(db, cast, setting, now);
  await storeHistory(db, makeHistory(data, cast, setting, chance, now), setting);
  await tellShopSystem(api, farSides.shopOrigin);
  const sellers = data.company.staff.filter(({ role }) => role === 'consultant').map(({ email }) => email);
  await seedKnowledge(db, api, { publicUrl: config.publicUrl, sellers, password });
  await seedStories({ db, config }, data, api, password, chance, now);
  await db.setting.create({ data: { key: SETTING_KEY, value: { seededAt: now.toISOString() } } });
}

/** Whether this Parley has been filled before. */
export async function isSeeded(db: Deps['db']): Promise<boolean> {
  return (await db.setting.findUnique({ where: { key: SETTING_KEY } })) !== null;
}

/** Tells a Parley of an earlier start where the far sides are now, and brings stock up to date. */
export async function refresh(
  { config }: Pick<Deps, 'config'>,
  data: DemoData,
  farSides: FarSides,
  password: string,
  chance: Chance,
): Promise<void> {
  const api = await signIn(config.publicUrl, adminOf(data), password);
  await api.upload('/offers/import', 'offers.csv', offersCsv(data, chance, new Date()));
  await tellShopSystem(api, farSides.shopOrigin);
  for (const { id, kind } of (await api.get<{ items: { id: string; kind: WrittenKind }[] }>('/channels')).items) {
    if (kind === 'email' || kind === 'chat')
      await api.send('PATCH', `/channels/${id}`, { config: configs(farSides)[kind] });
  }
}

export function adminOf({ company }: DemoData): string {
  const admin = company.staff.find(({ role }) => role === 'admin');
  if (!admin) throw new Error('company.json names no admin');
  return admin.email;
}

function configs({ sinkPort, shopOrigin, botToken }: FarSides) {
  return {
    email: {
      address: MAILBOX,
      fromName: 'Tideline Phones',
      inboundSmtp: true,
      plusAddress: true,
      allowInsecure: true,
      smtp: { host: '127.0.0.1', port: sinkPort, secure: false, user: '' },
    },
    telegram: { token: botToken, mode: 'polling' },
    chat: {
      title: 'Tideline Phones',
      colour: '#0b7285',
      locale: 'en',
      greeting: 'Hello! Ask us anything about phones, tariffs and repairs.',
      allowedOrigins: [shopOrigin],
    },
  };
}

async function makeChannels(api: Api, farSides: FarSides) {
  await api.send('PATCH', '/shop', { name: 'Tideline Phones', accent: '#0b7285' });
  const config = configs(farSides);
  const make = (kind: WrittenKind, name: string, targetMinutes: number, botMode: string) =>
    api.send<{ id: string; targetMs: number | null }>('POST', '/channels', {
      kind,
      name,
      config: config[kind],
      targetMs: targetMinutes * MINUTE_MS,
      botMode,
    });
  return {
    email: { ...(await make('email', 'Mailbox', 240, 'suggest')), address: MAILBOX },
    telegram: { ...(await make('telegram', 'Telegram', 15, 'away')), address: 'telegram' },
    chat: { ...(await make('chat', 'Site chat', 5, 'first')), address: 'chat' },
  };
}

async function makeSetting(db: Deps['db'], channels: Setting['channels']): Promise<Setting> {
  const [staff, teams, stores] = await Promise.all([
    db.user.findMany({ select: { id: true, name: true, email: true, role: true } }),
    db.team.findMany({ select: { id: true, name: true } }),
    db.store.findMany({ select: { id: true, code: true } }),
  ]);
  return { channels, staff, teams, stores };
}
