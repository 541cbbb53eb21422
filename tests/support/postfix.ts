import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, greeted } from './port.ts';

const daemons = '/usr/lib/postfix/sbin';
/** Postfix changes users, which only root may let it. */
export const hasPostfix = existsSync('/usr/sbin/postfix') && existsSync(`${daemons}/master`) && userInfo().uid === 0;
const startWithinMs = 15_000;

/** A private Postfix that delivers every address of its domains into the Maildirs of a Dovecot. */
export interface Postfix {
  port: number;
  log(): string;
  remove(): Promise<void>;
}

/**
 * Starts Postfix from a configuration and queue of its own on a free port of loopback.
 *
 * `dead@…` is refused at RCPT for good and `later@…` for now; any other address of its domains is taken and then bounced, by a
 * real report.
 *
 * @param mailboxes folder whose `<user>/Maildir` receive the letters to `<user>@<domain>`
 * @param addresses those that have a mailbox
 * @param forward a domain whose letters go on to a port of this machine, over TLS; one that is put off is tried each second
 */
export async function startPostfix(
  mailboxes: string,
  addresses: string[],
  forward?: { domain: string; port: number },
): Promise<Postfix> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-postfix-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const config = join(dir, 'etc');
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(dir, name), { mode: 0o755 });
  const owner = Number(execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' }));
  chownSync(join(dir, 'data'), owner, 0);
  writeFileSync(
    join(config, 'main.cf'),
    main(dir, mailboxes, [...new Set(addresses.map((one) => one.split('@')[1] ?? ''))]) +
      (forward === undefined ? '' : forwarding(forward.domain, forward.port)),
  );
  writeFileSync(join(config, 'master.cf'), master(port));
  writeFileSync(join(config, 'recipients'), '/^dead@/ 550 5.1.1 User unknown\n/^later@/ 450 4.2.1 Try again later\n');
  writeFileSync(join(config, 'mailboxes'), addresses.map((one) => `${one} ${one.split('@')[0]}/Maildir/\n`).join(''));
  const log = () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const command = (word: string) => execFileSync('/usr/sbin/postfix', ['-c', config, word], { stdio: 'pipe' });
  command('start');
  await greeted(port, { withinMs: startWithinMs, log: () => log().slice(-1_500) });
  return {
    port,
    log,
    async remove() {
      command('stop');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function main(dir: string, mailboxes: string, domains: string[]): string {
  return `
compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
daemon_directory = ${daemons}
command_directory = /usr/sbin
maillog_file = ${dir}/log
maillog_file_prefixes = /tmp, /var
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +
message_size_limit = 70000000
virtual_mailbox_limit = 0
mailbox_size_limit = 0
virtual_mailbox_domains = ${domains.join(', ')}
virtual_mailbox_base = ${mailboxes}
virtual_mailbox_maps = texthash:${dir}/etc/mailboxes
smtpd_reject_unlisted_recipient = no
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
smtpd_recipient_restrictions = check_recipient_access regexp:${dir}/etc/recipients, permit_mynetworks, reject
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = error:5.4.4 no route out of the tests
minimal_backoff_time = 1s
queue_run_delay = 1s
`;
}

function forwarding(domain: string, port: number): string {
  return `
relay_domains = ${domain}
relay_transport = smtp:[127.0.0.1]:${port}
relay_recipient_maps =
smtp_tls_security_level = encrypt
smtp_tls_loglevel = 1
maximal_backoff_time = 2s
`;
}

function master(port: number): string {
  const unix = (name: string, command = name, wakeup = '-', limit = '-') =>
    `${name} unix - - n ${wakeup} ${limit} ${command}`;
  return `${[
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 5 1 qmgr',
    unix('rewrite', 'trivial-rewrite'),
    unix('bounce', 'bounce', '-', '0'),
    unix('defer', 'bounce', '-', '0'),
    unix('trace', 'bounce', '-', '0'),
    unix('verify', 'verify', '-', '1'),
    'flush unix n - n 1000? 0 flush',
    unix('proxymap'),
    unix('smtp'),
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    unix('error'),
    unix('retry', 'error'),
    unix('discard'),
    unix('local'),
    'virtual unix - n n - - virtual',
    unix('anvil', 'anvil', '-', '1'),
    unix('scache', 'scache', '-', '1'),
    'postlog unix-dgram n - n - 1 postlogd',
    'showq unix n - n - - showq',
  ].join('\n')}\n`;
}
