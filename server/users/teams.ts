import type { Db } from '../db/client.ts';
import { type Tx, transact } from '../db/tx.ts';
import { conflict, meaning, notFound } from '../errors.ts';
import { newId } from '../lib/id.ts';
import { tellRights } from './accounts.ts';
import type { Team } from './schema.ts';

/** What a team is made of. Who is in a team sees its threads, so whoever comes or goes is told to look anew. */
interface Input {
  name: string;
  memberIds: string[];
}

/** @throws AppError 422 for a member who does not exist, 409 for a name that is taken */
export async function createTeam(db: Db, input: Input, now: Date): Promise<Team> {
  return transact(db, async (tx) => {
    const memberIds = await needMembers(tx, input.memberIds);
    const id = newId(now.getTime());
    await tx.team.create({
      data: { id, name: input.name, members: { create: memberIds.map((userId) => ({ userId })) } },
    });
    await tellAll(tx, memberIds, now);
    return { id, name: input.name, memberIds };
  });
}

/** Gives a team another name, other members, or both. @throws AppError as createTeam does, and 404 */
export async function changeTeam(
  db: Db,
  id: string,
  input: { [Field in keyof Input]?: Input[Field] | undefined },
  now: Date,
): Promise<Team> {
  return transact(db, async (tx) => {
    const before = await tx.team.findUnique({ where: { id }, include: { members: true } });
    if (before === null) throw notFound('team');
    const old = before.members.map((member) => member.userId);
    const name = input.name ?? before.name;
    const memberIds = input.memberIds === undefined ? old : await needMembers(tx, input.memberIds);
    await tx.team.update({
      where: { id },
      data: { name, members: { deleteMany: {}, create: memberIds.map((userId) => ({ userId })) } },
    });
    const moved = [...old, ...memberIds].filter((userId) => old.includes(userId) !== memberIds.includes(userId));
    await tellAll(tx, moved, now);
    return { id, name, memberIds };
  });
}

/**
 * Removes a team that nothing is addressed to any more; closed threads keep having been its own.
 * @throws AppError 404, and 409 while channels or open threads are the team's: nobody would look after them
 */
export async function removeTeam(db: Db, id: string, now: Date): Promise<void> {
  await transact(db, async (tx) => {
    const team = await tx.team.findUnique({ where: { id }, include: { members: true } });
    if (team === null) throw notFound('team');
    const channels = await tx.channel.count({ where: { teamId: id, removedAt: null } });
    if (channels > 0)
      throw conflict('team.hasChannels', 'Channels bring their threads to this team; change them first.');
    const threads = await tx.thread.count({ where: { teamId: id, status: { not: 'closed' } } });
    if (threads > 0)
      throw conflict('team.hasThreads', `${threads} open threads are this team's; give them to others first.`, {
        values: { threads },
      });
    await tx.team.delete({ where: { id } });
    await tellAll(
      tx,
      team.members.map((member) => member.userId),
      now,
    );
  });
}

async function needMembers(tx: Tx, userIds: string[]): Promise<string[]> {
  const wanted = [...new Set(userIds)];
  const found = await tx.user.count({ where: { id: { in: wanted } } });
  if (found !== wanted.length) throw meaning('user.unknown', 'There is no such colleague.', 'memberIds');
  return wanted;
}

async function tellAll(tx: Tx, userIds: string[], now: Date): Promise<void> {
  for (const userId of userIds) await tellRights(tx, userId, now);
}
