import { z } from 'zod';
import type { Db } from '../db/client.ts';
import { type Reader, type Tx, transact } from '../db/tx.ts';
import { meaning, notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { RawAnswer } from '../http/endpoint.ts';
import { contrast, moveUntil, textContrast } from '../lib/colour.ts';
import type { Files } from '../lib/files.ts';
import { sha256 } from '../lib/secretBox.ts';
import { colour, type EditShop, type Shop } from './schema.ts';

const key = 'shop';
const logoTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];

const kept = z.object({
  name: z.string().default(''),
  accent: colour.nullable().default(null),
  logo: z.object({ fileKey: z.string(), type: z.string(), digest: z.string() }).nullable().default(null),
});
type Kept = z.infer<typeof kept>;

export async function readShop(reader: Reader): Promise<Shop> {
  return present(await readKept(reader));
}

export function editShop(db: Db, change: EditShop, now: Date): Promise<Shop> {
  return save(db, now, (shop) => ({
    ...shop,
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.accent === undefined ? {} : { accent: change.accent }),
  }));
}

/** @throws AppError 422 for what is no picture */
export async function setLogo(
  { db, files }: { db: Db; files: Files },
  file: { type: string; bytes: Uint8Array },
  now: Date,
): Promise<Shop> {
  if (!logoTypes.includes(file.type)) throw meaning('image.type', 'Pictures are PNG, JPEG, GIF or WebP.', 'file');
  const digest = sha256(file.bytes);
  const fileKey = `shop/${digest}`;
  await files.put(fileKey, file.bytes);
  return save(db, now, (shop) => ({ ...shop, logo: { fileKey, type: file.type, digest } }));
}

export function dropLogo(db: Db, now: Date): Promise<Shop> {
  return save(db, now, (shop) => ({ ...shop, logo: null }));
}

/** The logo for anybody who sees a page of the shop. @throws AppError 404 when there is none */
export async function readLogo({ db, files }: { db: Db; files: Files }): Promise<RawAnswer> {
  const { logo } = await readKept(db);
  if (logo === null) throw notFound('logo');
  return new RawAnswer(await files.stream(logo.fileKey), logo.type, {
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
}

async function readKept(reader: Reader | Tx): Promise<Kept> {
  const row = await reader.setting.findUnique({ where: { key } });
  return kept.parse(row?.value ?? {});
}

function save(db: Db, now: Date, by: (shop: Kept) => Kept): Promise<Shop> {
  return transact(db, async (tx) => {
    const value = by(await readKept(tx));
    await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    await record(tx, { type: 'setting.changed', at: now, patch: { key } });
    return present(value);
  });
}

function present({ name, accent, logo }: Kept): Shop {
  return {
    name,
    accent,
    ground:
      accent === null
        ? null
        : moveUntil(accent, '#000000', (candidate) => contrast(candidate, '#ffffff') >= textContrast),
    logoUrl: logo === null ? null : `/api/v1/shop/logo?v=${logo.digest.slice(0, 12)}`,
  };
}
