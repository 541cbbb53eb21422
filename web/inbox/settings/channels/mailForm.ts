import type { Channel } from '../../../../server/channels/schema.ts';
import { guessServers, type MailServer, presetFor, presets } from './presets.ts';

/** A mailbox as its form holds it. Secrets are empty when a known mailbox keeps them. */
export interface MailValues {
  address: string;
  fromName: string;
  aliases: string[];
  provider: string;
  password: string;
  accessToken: string;
  by: 'password' | 'token';
  user: string;
  imap: MailServer;
  smtp: MailServer;
  /** Another account for sending; empty is the same one. */
  smtpUser: string;
  smtpPassword: string;
  history: 'now' | 'since' | 'all';
  /** ISO date, for `since`. */
  since: string;
  folders: string[];
  sentFolder: string;
  plusAddress: boolean;
  allowInsecure: boolean;
  inboundSmtp: boolean;
  greylist: boolean;
  spfRefuses: boolean;
  authservId: string;
  dkim: boolean;
  dkimSelector: string;
  /** Empty keeps the key that is kept, or has one made. */
  dkimKey: string;
  /** What to publish; null until the key was made. */
  dkimRecord: { name: string; value: string } | null;
}

export const emptyMail: MailValues = {
  address: '',
  fromName: '',
  aliases: [],
  provider: 'own',
  password: '',
  accessToken: '',
  by: 'password',
  user: '',
  imap: { host: '', port: 993, secure: true },
  smtp: { host: '', port: 465, secure: true },
  smtpUser: '',
  smtpPassword: '',
  history: 'now',
  since: '',
  folders: ['INBOX'],
  sentFolder: '',
  plusAddress: false,
  allowInsecure: false,
  inboundSmtp: false,
  greylist: false,
  spfRefuses: false,
  authservId: '',
  dkim: false,
  dkimSelector: 'parley',
  dkimKey: '',
  dkimRecord: null,
};

/** What the address tells of the rest: provider, servers, user. What the writer changed by hand stays. */
export function withAddress(values: MailValues, address: string): MailValues {
  const before = withProvider({ ...values }, presetFor(values.address)?.name ?? 'own');
  const untouched = values.imap.host === '' || values.imap.host === before.imap.host;
  const next = { ...values, address, user: values.user === values.address ? address : values.user };
  return untouched ? withProvider(next, presetFor(address)?.name ?? 'own') : next;
}

/** The servers and habits of a provider. */
export function withProvider(values: MailValues, provider: string): MailValues {
  const preset = presets.find((each) => each.name === provider);
  if (preset === undefined) return { ...values, provider: 'own', ...guessServers(values.address) };
  return {
    ...values,
    provider,
    imap: preset.imap,
    smtp: preset.smtp,
    plusAddress: preset.plusAddress,
    sentFolder: preset.sentFolder ?? '',
    by: preset.help === 'token' ? 'token' : 'password',
  };
}

/** The form of a mailbox that is connected already; its secrets are not told. */
export function mailFrom(channel: Channel): MailValues {
  const config = channel.config as Partial<{
    address: string;
    fromName: string;
    aliases: string[];
    history: 'now' | 'all' | { since: string };
    imap: MailServer & { user?: string; folders?: string[] };
    smtp: MailServer & { user?: string };
    sentFolder: string | null;
    plusAddress: boolean;
    allowInsecure: boolean;
    inboundSmtp: boolean;
    greylist: boolean;
    spf: 'mark' | 'refuse';
    authservId: string | null;
    dkim: { selector: string; record?: { name: string; value: string } } | null;
  }>;
  const { history = 'now', imap, smtp } = config;
  const server = (given: MailServer | undefined, fallback: MailServer) =>
    given === undefined ? { ...fallback, host: '' } : { host: given.host, port: given.port, secure: given.secure };
  const user = imap?.user ?? smtp?.user ?? '';
  return {
    ...emptyMail,
    address: config.address ?? '',
    fromName: config.fromName ?? '',
    aliases: config.aliases ?? [],
    provider: presets.find((preset) => preset.imap.host === imap?.host)?.name ?? 'own',
    user,
    imap: server(imap, emptyMail.imap),
    smtp: server(smtp, emptyMail.smtp),
    smtpUser: smtp?.user === user ? '' : (smtp?.user ?? ''),
    history: typeof history === 'string' ? history : 'since',
    since: typeof history === 'string' ? '' : history.since.slice(0, 10),
    folders: imap?.folders ?? ['INBOX'],
    sentFolder: config.sentFolder ?? '',
    plusAddress: config.plusAddress ?? false,
    allowInsecure: config.allowInsecure ?? false,
    inboundSmtp: config.inboundSmtp ?? false,
    greylist: config.greylist ?? false,
    spfRefuses: config.spf === 'refuse',
    authservId: config.authservId ?? '',
    dkim: (config.dkim ?? null) !== null,
    dkimSelector: config.dkim?.selector ?? emptyMail.dkimSelector,
    dkimRecord: config.dkim?.record ?? null,
  };
}

/** A server that is named needs a port. */
export function portIsWrong({ host, port }: MailServer): boolean {
  return host.trim() !== '' && (port === null || port < 1);
}

/** The mailbox as the API takes it; an empty secret is left out, so that the one that is kept stays. */
export function mailConfig(values: MailValues): Record<string, unknown> {
  const user = values.user.trim() === '' ? values.address.trim() : values.user.trim();
  const secret =
    values.by === 'token'
      ? values.accessToken === ''
        ? {}
        : { accessToken: values.accessToken }
      : values.password === ''
        ? {}
        : { password: values.password };
  const ownSmtp = values.smtpUser.trim() !== '';
  const smtpSecret = ownSmtp ? (values.smtpPassword === '' ? {} : { password: values.smtpPassword }) : secret;
  return {
    address: values.address.trim(),
    fromName: values.fromName.trim(),
    aliases: values.aliases,
    history: values.history === 'since' ? { since: new Date(values.since).toISOString() } : values.history,
    ...(values.imap.host.trim() === ''
      ? {}
      : { imap: { ...values.imap, host: values.imap.host.trim(), user, ...secret, folders: values.folders } }),
    ...(values.smtp.host.trim() === ''
      ? {}
      : {
          smtp: {
            ...values.smtp,
            host: values.smtp.host.trim(),
            user: ownSmtp ? values.smtpUser.trim() : user,
            ...smtpSecret,
          },
        }),
    inboundSmtp: values.inboundSmtp,
    greylist: values.greylist,
    spf: values.spfRefuses ? 'refuse' : 'mark',
    dkim: values.dkim
      ? {
          selector: values.dkimSelector.trim(),
          ...(values.dkimKey.trim() === '' ? {} : { privateKey: values.dkimKey.trim() }),
        }
      : null,
    authservId: values.authservId.trim() === '' ? null : values.authservId.trim(),
    plusAddress: values.plusAddress,
    sentFolder: values.sentFolder.trim() === '' ? null : values.sentFolder.trim(),
    allowInsecure: values.allowInsecure,
  };
}
