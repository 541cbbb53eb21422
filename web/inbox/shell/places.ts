import {
  type Icon,
  IconBook2,
  IconBroadcast,
  IconCalendarCheck,
  IconCalendarWeek,
  IconChartBar,
  IconDeviceMobile,
  IconHeadset,
  IconInbox,
  IconPhone,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '../../../server/users/schema.ts';

/** One entry of the rail (and of the command bar); its words are `common:places.<name>`. */
export interface Place {
  name: string;
  to: string;
  icon: Icon;
  /** Who sees it; the server refuses the rest anyway. */
  permission: Permission;
  /** Typed after `g`. */
  key: string;
  /** In the bottom bar of a phone too (at most five). */
  bar: boolean;
  /** Other addresses that belong to it. */
  also?: string;
}

/** Whether an address is in the place. */
export function isIn(place: Place, pathname: string): boolean {
  if (place.also !== undefined && pathname.startsWith(place.also)) return true;
  return place.to === '/' ? pathname === '/' : pathname === place.to || pathname.startsWith(`${place.to}/`);
}

/** Every place of the staff app, in the order of the rail. */
export const places: Place[] = [
  {
    name: 'inbox',
    to: '/',
    icon: IconInbox,
    permission: 'threads.read',
    key: 'h',
    bar: true,
    also: '/t/',
  },
  { name: 'clients', to: '/clients', icon: IconUsers, permission: 'clients.read', key: 'c', bar: true },
  { name: 'consult', to: '/consult', icon: IconHeadset, permission: 'consult', key: 'k', bar: true },
  { name: 'knowledge', to: '/knowledge', icon: IconBook2, permission: 'knowledge.read', key: 'w', bar: false },
  { name: 'catalogue', to: '/catalogue', icon: IconDeviceMobile, permission: 'catalogue.read', key: 'p', bar: false },
  {
    name: 'promises',
    to: '/promises',
    icon: IconCalendarCheck,
    permission: 'threads.write',
    key: 'o',
    bar: false,
    also: '/questions',
  },
  { name: 'calls', to: '/calls', icon: IconPhone, permission: 'threads.read', key: 't', bar: false },
  {
    name: 'week',
    to: '/week',
    icon: IconCalendarWeek,
    permission: 'threads.write',
    key: 'y',
    bar: false,
    also: '/absences',
  },
  { name: 'live', to: '/live', icon: IconBroadcast, permission: 'live.read', key: 'l', bar: true },
  { name: 'reports', to: '/reports', icon: IconChartBar, permission: 'reports.read', key: 'r', bar: false },
  { name: 'settings', to: '/settings', icon: IconSettings, permission: 'threads.read', key: ',', bar: false },
];
