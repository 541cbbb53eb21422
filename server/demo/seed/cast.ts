import { newId } from '../../lib/id.ts';
import type { Chance } from '../chance.ts';
import type { DemoData } from '../data.ts';
import type { Dialogue } from '../dialogues.ts';

/** A client of the demo store before it is stored. */
export interface CastMember {
  id: string;
  name: string;
  language: string;
  level: 'key' | 'vip' | 'usual';
  companyName: string | null;
  ownerEmail: string | null;
  email: string;
  telegram: number;
  phone: string | null;
  visitor: string;
}

const FIRST =
  'Alma Bruno Clara Daniel Edith Felix Greta Henry Iris Jakob Kira Luis Maya Noah Olivia Paul Quinn Rosa Simon Tara Uwe Vera Walter Xenia Yusuf Zoe'.split(
    ' ',
  );
const LAST =
  'Abel Braun Costa Dahl Engel Frank Gomez Huber Irwin Jung Kovac Lorenz Meyer Nagy Ortiz Pohl Reed Sommer Toth Ulrich Vega Wolf Young Zeller'.split(
    ' ',
  );
const FIRST_TELEGRAM_ID = 920_000;

/** The named clients, those of companies, and many passers-by. */
export function makeCast({ company }: DemoData, chance: Chance, passersBy: number): CastMember[] {
  const named = company.clients.map((client) => ({
    ...client,
    companyName: null,
    ownerEmail: ownerFor(client.level, chance, company),
  }));
  const bought = company.companies.flatMap(({ people, domain, owner, level, name: companyName }) =>
    people.map((name) => ({
      name,
      language: 'en',
      level,
      companyName,
      ownerEmail: owner,
      email: `${plain(name)}@${domain}`,
      phone: undefined,
      telegram: undefined,
    })),
  );
  const others = Array.from({ length: passersBy }, (_, at) => {
    const name = `${FIRST[at % FIRST.length]} ${LAST[(at * 7 + Math.floor(at / FIRST.length)) % LAST.length]}`;
    return {
      name,
      language: 'en',
      level: 'usual' as const,
      companyName: null,
      ownerEmail: null,
      email: undefined,
      phone: undefined,
      telegram: undefined,
    };
  });
  return [...named, ...bought, ...others].map((client, at) => ({
    id: newId(),
    name: client.name,
    language: client.language,
    level: client.level,
    companyName: client.companyName,
    ownerEmail: client.ownerEmail,
    email: client.email ?? `${plain(client.name)}@mail.example`,
    telegram: client.telegram ?? FIRST_TELEGRAM_ID + at,
    phone: client.phone ?? null,
    visitor: newId(),
  }));
}

/** Who could hold such a talk: the right language, and companies only by mail. */
export function speakersOf(cast: CastMember[], talk: Dialogue): CastMember[] {
  const aboutCompany = talk.tags.includes('company');
  return cast.filter(
    ({ language, companyName }) =>
      language === talk.language &&
      (aboutCompany ? companyName !== null : companyName === null || talk.channel === 'email'),
  );
}

function ownerFor(level: string, chance: Chance, company: DemoData['company']): string | null {
  if (level === 'usual' && chance.number() < 0.6) return null;
  return chance.of(company.staff.filter(({ role }) => role === 'manager')).email;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/^dr /, '')
    .replace(/[^a-z]+/g, '.');
}
