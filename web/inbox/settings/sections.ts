import {
  type Icon,
  IconArrowsExchange,
  IconBellRinging,
  IconBuildingStore,
  IconCalendarTime,
  IconClockHour4,
  IconDatabaseSearch,
  IconKey,
  IconMailForward,
  IconMoodSmile,
  IconPhoto,
  IconPlugConnected,
  IconRobot,
  IconRoute,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Permission } from '../../../server/users/schema.ts';

/** One page of the settings; its words are `settings:sections.<name>`. */
export interface SettingsSection {
  name: string;
  to: string;
  icon: Icon;
  /** Who sees it; null is everybody. */
  permission: Permission | null;
  /** About the user alone. */
  own?: true;
  /** What can be found on it: keys of `settings:find`, each with the words people look for. */
  finds: readonly string[];
}

/** Every page of the settings, what an admin needs first at the top. */
export const sections: SettingsSection[] = [
  {
    name: 'shop',
    to: '/settings/shop',
    icon: IconPhoto,
    permission: 'settings.manage',
    finds: ['shopName', 'logo', 'accent'],
  },
  {
    name: 'channels',
    to: '/settings/channels',
    icon: IconPlugConnected,
    permission: 'channels.read',
    finds: ['connect', 'embed', 'bot', 'target', 'health', 'heldBack'],
  },
  {
    name: 'users',
    to: '/settings/users',
    icon: IconUsers,
    permission: 'users.manage',
    finds: ['invite', 'role', 'deactivate'],
  },
  { name: 'teams', to: '/settings/teams', icon: IconUsersGroup, permission: 'users.manage', finds: ['team'] },
  {
    name: 'stores',
    to: '/settings/stores',
    icon: IconBuildingStore,
    permission: 'catalogue.read',
    finds: ['store', 'hours'],
  },
  {
    name: 'targets',
    to: '/settings/targets',
    icon: IconClockHour4,
    permission: 'settings.manage',
    finds: ['targets', 'escalation', 'webhook'],
  },
  {
    name: 'hours',
    to: '/settings/hours',
    icon: IconCalendarTime,
    permission: 'settings.manage',
    finds: ['calendar', 'shift', 'holiday'],
  },
  {
    name: 'routing',
    to: '/settings/routing',
    icon: IconRoute,
    permission: 'settings.manage',
    finds: ['routing', 'skill', 'acknowledgement'],
  },
  { name: 'bot', to: '/settings/bot', icon: IconRobot, permission: 'settings.manage', finds: ['botPage'] },
  {
    name: 'synonyms',
    to: '/settings/synonyms',
    icon: IconArrowsExchange,
    permission: 'knowledge.write',
    finds: ['synonym'],
  },
  {
    name: 'satisfaction',
    to: '/settings/satisfaction',
    icon: IconMoodSmile,
    permission: 'settings.manage',
    finds: ['rating', 'reason'],
  },
  {
    name: 'reports',
    to: '/settings/reports',
    icon: IconMailForward,
    permission: 'reports.read',
    finds: ['sentReports'],
  },
  {
    name: 'lookups',
    to: '/settings/lookups',
    icon: IconDatabaseSearch,
    permission: 'settings.manage',
    finds: ['lookup'],
  },
  {
    name: 'profile',
    to: '/settings/profile',
    icon: IconUserCircle,
    own: true,
    permission: null,
    finds: ['name', 'language', 'theme', 'signature', 'sounds', 'password', 'sessions'],
  },
  {
    name: 'alerts',
    to: '/settings/alerts',
    icon: IconBellRinging,
    own: true,
    permission: null,
    finds: ['alertWays', 'quiet'],
  },
  { name: 'keys', to: '/settings/keys', icon: IconKey, own: true, permission: null, finds: ['key'] },
];
