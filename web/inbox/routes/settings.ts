import { createRoute } from '@tanstack/react-router';
import { lazyPlace } from './lazyPlace.ts';
import { shell } from './shell.tsx';

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyPlace(() => import('../settings/SettingsPlace.tsx'), 'SettingsPlace'),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyPlace(() => import('../settings/SettingsHome.tsx'), 'SettingsHome'),
});
const settingsShop = createRoute({
  getParentRoute: () => settings,
  path: '/shop',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/shop/ShopSection.tsx'), 'ShopSection'),
});
const settingsChannels = createRoute({
  getParentRoute: () => settings,
  path: '/channels',
  staticData: { permission: 'channels.read' },
  component: lazyPlace(() => import('../settings/channels/ChannelsSection.tsx'), 'ChannelsSection'),
});
const settingsConnect = createRoute({
  getParentRoute: () => settings,
  path: '/channels/new',
  staticData: { permission: 'channels.manage' },
  validateSearch: (search): { kind?: 'email' | 'telegram' | 'chat' | 'phone' } =>
    search.kind === 'email' || search.kind === 'telegram' || search.kind === 'chat' || search.kind === 'phone'
      ? { kind: search.kind }
      : {},
  component: lazyPlace(() => import('../settings/channels/ConnectChannel.tsx'), 'ConnectChannel'),
});
const settingsChannel = createRoute({
  getParentRoute: () => settings,
  path: '/channels/$channelId',
  staticData: { permission: 'channels.manage' },
  component: lazyPlace(() => import('../settings/channels/EditChannel.tsx'), 'EditChannel'),
});
const settingsHeldBack = createRoute({
  getParentRoute: () => settings,
  path: '/channels/$channelId/held-back',
  staticData: { permission: 'channels.manage' },
  component: lazyPlace(() => import('../settings/channels/HeldBack.tsx'), 'HeldBack'),
});
const settingsMailbox = createRoute({
  getParentRoute: () => settings,
  path: '/channels/$channelId/mailbox',
  component: lazyPlace(() => import('../settings/channels/MailboxCheck.tsx'), 'MailboxCheck'),
});
const settingsUsers = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  staticData: { permission: 'users.manage' },
  component: lazyPlace(() => import('../settings/people/UsersSection.tsx'), 'UsersSection'),
});
const settingsTeams = createRoute({
  getParentRoute: () => settings,
  path: '/teams',
  staticData: { permission: 'users.manage' },
  component: lazyPlace(() => import('../settings/people/TeamsSection.tsx'), 'TeamsSection'),
});
const settingsStores = createRoute({
  getParentRoute: () => settings,
  path: '/stores',
  staticData: { permission: 'catalogue.read' },
  component: lazyPlace(() => import('../settings/stores/StoresSection.tsx'), 'StoresSection'),
});
const settingsTargets = createRoute({
  getParentRoute: () => settings,
  path: '/targets',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/times/TargetsSection.tsx'), 'TargetsSection'),
});
const settingsHours = createRoute({
  getParentRoute: () => settings,
  path: '/hours',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/times/HoursSection.tsx'), 'HoursSection'),
});
const settingsRouting = createRoute({
  getParentRoute: () => settings,
  path: '/routing',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/times/RoutingSection.tsx'), 'RoutingSection'),
});
const settingsSatisfaction = createRoute({
  getParentRoute: () => settings,
  path: '/satisfaction',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/satisfaction/SatisfactionSection.tsx'), 'SatisfactionSection'),
});
const settingsAlerts = createRoute({
  getParentRoute: () => settings,
  path: '/alerts',
  component: lazyPlace(() => import('../settings/alerts/AlertsSection.tsx'), 'AlertsSection'),
});
const settingsReports = createRoute({
  getParentRoute: () => settings,
  path: '/reports',
  staticData: { permission: 'reports.read' },
  component: lazyPlace(() => import('../settings/reports/ReportsSection.tsx'), 'ReportsSection'),
});
const settingsProfile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyPlace(() => import('../settings/profile/ProfileSection.tsx'), 'ProfileSection'),
});
const settingsLookups = createRoute({
  getParentRoute: () => settings,
  path: '/lookups',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/lookups/LookupsSection.tsx'), 'LookupsSection'),
});
const settingsBot = createRoute({
  getParentRoute: () => settings,
  path: '/bot',
  staticData: { permission: 'settings.manage' },
  component: lazyPlace(() => import('../settings/bot/BotSection.tsx'), 'BotSection'),
});
const settingsSynonyms = createRoute({
  getParentRoute: () => settings,
  path: '/synonyms',
  staticData: { permission: 'knowledge.write' },
  component: lazyPlace(() => import('../settings/synonyms/SynonymsSection.tsx'), 'SynonymsSection'),
});
const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyPlace(() => import('../settings/keys/KeysSection.tsx'), 'KeysSection'),
});

/** The settings; `sections.ts` names them. */
export const settingsRoutes = [
  settings.addChildren([
    settingsHome,
    settingsShop,
    settingsChannels,
    settingsConnect,
    settingsChannel,
    settingsHeldBack,
    settingsMailbox,
    settingsUsers,
    settingsTeams,
    settingsStores,
    settingsTargets,
    settingsHours,
    settingsRouting,
    settingsSatisfaction,
    settingsAlerts,
    settingsReports,
    settingsProfile,
    settingsLookups,
    settingsBot,
    settingsSynonyms,
    settingsKeys,
  ]),
] as const;
