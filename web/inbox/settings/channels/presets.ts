/** Where the well-known mail providers keep their servers, so that an address and a password are enough. */

export interface MailServer {
  host: string;
  /** Null while the field is empty. */
  port: number | null;
  /** TLS from the first byte; otherwise STARTTLS. */
  secure: boolean;
}

export interface MailPreset {
  name: string;
  label: string;
  domains: readonly string[];
  imap: MailServer;
  smtp: MailServer;
  /** The provider refuses the account's own password: what to use instead, a key of `settings:mail.help`. */
  help?: 'appPassword' | 'token';
  /** Where an app password is made. */
  helpUrl?: string;
  /** `local+anything@domain` is delivered. */
  plusAddress: boolean;
  /** The provider keeps what we send by itself; otherwise we append it there. */
  sentFolder: string | null;
}

const tls = (host: string, port: number): MailServer => ({ host, port, secure: true });
const startTls = (host: string): MailServer => ({ host, port: 587, secure: false });

export const presets: readonly MailPreset[] = [
  {
    name: 'google',
    label: 'Gmail, Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    help: 'appPassword',
    helpUrl: 'https://myaccount.google.com/apppasswords',
    plusAddress: true,
    sentFolder: null,
  },
  {
    name: 'microsoft',
    label: 'Outlook, Microsoft 365',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: startTls('smtp.office365.com'),
    help: 'token',
    plusAddress: true,
    sentFolder: null,
  },
  {
    name: 'icloud',
    label: 'iCloud Mail',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: startTls('smtp.mail.me.com'),
    help: 'appPassword',
    helpUrl: 'https://account.apple.com',
    plusAddress: true,
    sentFolder: 'Sent Messages',
  },
  {
    name: 'yahoo',
    label: 'Yahoo Mail',
    domains: ['yahoo.com', 'ymail.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr'],
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    help: 'appPassword',
    helpUrl: 'https://login.yahoo.com/account/security',
    plusAddress: false,
    sentFolder: null,
  },
  {
    name: 'fastmail',
    label: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    help: 'appPassword',
    helpUrl: 'https://app.fastmail.com/settings/security/tokens',
    plusAddress: true,
    sentFolder: 'Sent',
  },
  {
    name: 'gmx',
    label: 'GMX',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'],
    imap: tls('imap.gmx.net', 993),
    smtp: tls('mail.gmx.net', 465),
    plusAddress: false,
    sentFolder: 'Gesendet',
  },
  {
    name: 'yandex',
    label: 'Yandex',
    domains: ['yandex.com', 'yandex.ru', 'ya.ru'],
    imap: tls('imap.yandex.com', 993),
    smtp: tls('smtp.yandex.com', 465),
    help: 'appPassword',
    helpUrl: 'https://id.yandex.com/security/app-passwords',
    plusAddress: true,
    sentFolder: 'Sent',
  },
  {
    name: 'mailru',
    label: 'Mail.ru',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru'],
    imap: tls('imap.mail.ru', 993),
    smtp: tls('smtp.mail.ru', 465),
    help: 'appPassword',
    helpUrl: 'https://account.mail.ru/user/2-step-auth/passwords',
    plusAddress: true,
    sentFolder: null,
  },
  {
    name: 'naver',
    label: 'Naver',
    domains: ['naver.com'],
    imap: tls('imap.naver.com', 993),
    smtp: tls('smtp.naver.com', 465),
    help: 'appPassword',
    plusAddress: false,
    sentFolder: null,
  },
];

/** The provider of an address, by its domain; undefined for a domain of one's own. */
export function presetFor(address: string): MailPreset | undefined {
  const domain = domainOf(address);
  return presets.find((preset) => preset.domains.includes(domain));
}

/** The usual names of a domain's own servers: a first guess that the reader may change. */
export function guessServers(address: string): { imap: MailServer; smtp: MailServer } {
  const domain = domainOf(address);
  return {
    imap: tls(domain === '' ? '' : `imap.${domain}`, 993),
    smtp: tls(domain === '' ? '' : `smtp.${domain}`, 465),
  };
}

function domainOf(address: string): string {
  return (address.split('@')[1] ?? '').trim().toLowerCase();
}
