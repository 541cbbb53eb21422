import { permissionsOf } from '../http/permissions.ts';
import { type Colleague, type Me, preferences, type User } from './schema.ts';

export const withPlaces = { stores: { select: { storeId: true } }, teams: { select: { teamId: true } } } as const;

interface Row {
  id: string;
  name: string;
  email: string;
  role: User['role'];
  locale: string;
  deactivatedAt: Date | null;
  preferences: unknown;
  createdAt: Date;
  stores: { storeId: string }[];
  teams: { teamId: string }[];
}

export function presentUser(row: Row): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    locale: row.locale,
    storeIds: row.stores.map((store) => store.storeId),
    teamIds: row.teams.map((team) => team.teamId),
    active: row.deactivatedAt === null,
    createdAt: row.createdAt.toISOString(),
  };
}

export function presentColleague(row: Row): Colleague {
  const { id, name, role, storeIds, active } = presentUser(row);
  return { id, name, role, storeIds, active };
}

export function presentMe(row: Row): Me {
  return {
    ...presentUser(row),
    permissions: [...permissionsOf(row.role)],
    preferences: preferences.parse(row.preferences ?? {}),
  };
}
