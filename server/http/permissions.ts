import { type Permission, permissions, type Role } from '../users/schema.ts';

const consultant: Permission[] = [
  'threads.read',
  'threads.write',
  'clients.read',
  'clients.write',
  'knowledge.read',
  'catalogue.read',
  'consult',
  'channels.read',
  'users.read',
];
const manager: Permission[] = [...consultant, 'threads.readAll', 'threads.assignOthers', 'knowledge.write'];
const supervisor: Permission[] = [...manager, 'live.read', 'reports.read', 'catalogue.write'];

/** Who may what. A consultant reads only some threads: realtime/audience.ts says which. */
export const table: Record<Role, readonly Permission[]> = { consultant, manager, supervisor, admin: permissions };

const sets = new Map(Object.entries(table).map(([role, allowed]) => [role, new Set(allowed)]));

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return sets.get(role) ?? new Set();
}
