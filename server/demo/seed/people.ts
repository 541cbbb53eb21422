import type { Db } from '../../db/client.ts';
import { newId } from '../../lib/id.ts';
import type { DemoData } from '../data.ts';

/** Makes the demo's staff with one password, and their teams. The admin already exists. */
export async function makeStaff(db: Db, { company }: DemoData, passwordHash: string, now: Date): Promise<void> {
  const stores = new Map(
    (await db.store.findMany({ select: { id: true, code: true } })).map(({ id, code }) => [code, id]),
  );
  for (const { name, email, role, locale, stores: codes } of company.staff) {
    const places = codes.flatMap((code) => stores.get(code) ?? []).map((storeId, at) => ({ storeId, main: at === 0 }));
    const known = await db.user.findUnique({ where: { email } });
    if (known) {
      await db.user.update({ where: { email }, data: { name, locale, stores: { create: places } } });
      continue;
    }
    const id = newId();
    const account = {
      id: newId(),
      accountId: id,
      providerId: 'credential',
      password: passwordHash,
      createdAt: now,
      updatedAt: now,
    };
    await db.user.create({
      data: {
        id,
        name,
        email,
        emailVerified: true,
        role,
        locale,
        stores: { create: places },
        accounts: { create: account },
      },
    });
  }
  for (const { name, members } of company.teams) {
    const users = await db.user.findMany({ where: { email: { in: members } }, select: { id: true } });
    await db.team.create({ data: { id: newId(), name, members: { create: users.map(({ id }) => ({ userId: id })) } } });
  }
}
