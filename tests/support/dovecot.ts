import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, greeted } from './port.ts';

const binary = '/usr/sbin/dovecot';
export const hasDovecot = existsSync(binary);
const startWithinMs = 10_000;

/** A private Dovecot with one password for everybody. */
export interface Dovecot {
  port: number;
  password: string;
  /** Folder of the mailboxes: `<user>/Maildir`. */
  mail: string;
  /** Puts a letter into a mailbox as a delivery agent would; `at` becomes its INTERNALDATE. */
  deliver(user: string, letter: Uint8Array | string, options?: { folder?: string; at?: Date }): void;
  /** Letters in a folder, in any order. */
  letters(user: string, folder?: string): string[];
  /** Flags of the letters, as Maildir writes them; empty when nothing was ever marked. */
  flags(user: string): string;
  /** Gives the folder a new life: another UIDVALIDITY, uids from 1. The server must be stopped. */
  newUidValidity(user: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes everything. */
  remove(): Promise<void>;
}

/** Starts Dovecot from a configuration of its own on a free port of loopback. As root its mail belongs to `nobody`. */
export async function startDovecot(): Promise<Dovecot> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-dovecot-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const password = 'secret';
  const isRoot = userInfo().uid === 0;
  const [uid, gid] = isRoot ? [65534, 65534] : [userInfo().uid, userInfo().gid];
  for (const name of ['run', 'state', 'mail']) mkdirSync(join(dir, name), { mode: 0o755 });
  chownSync(join(dir, 'mail'), uid, gid);
  const config = join(dir, 'dovecot.conf');
  writeFileSync(config, configuration(dir, port, password, uid, gid, isRoot));
  let child: ChildProcess | null = null;
  let delivered = 0;
  const maildir = (user: string, folder = 'INBOX') =>
    join(dir, 'mail', user, 'Maildir', folder === 'INBOX' ? '' : `.${folder}`);
  const server: Dovecot = {
    port,
    password,
    mail: join(dir, 'mail'),
    deliver(user, letter, { folder = 'INBOX', at = new Date() } = {}) {
      const box = maildir(user, folder);
      for (const path of [
        join(dir, 'mail', user),
        join(dir, 'mail', user, 'Maildir'),
        box,
        ...['tmp', 'new', 'cur'].map((part) => join(box, part)),
      ]) {
        if (existsSync(path)) continue;
        mkdirSync(path, { recursive: true });
        chownSync(path, uid, gid);
      }
      const name = `${Math.floor(at.getTime() / 1000)}.M${++delivered}P${process.pid}.test`;
      writeFileSync(join(box, 'tmp', name), letter);
      chownSync(join(box, 'tmp', name), uid, gid);
      utimesSync(join(box, 'tmp', name), at, at);
      renameSync(join(box, 'tmp', name), join(box, 'new', name));
    },
    letters(user, folder = 'INBOX') {
      return ['new', 'cur'].flatMap((part) => {
        const path = join(maildir(user, folder), part);
        return existsSync(path) ? readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8')) : [];
      });
    },
    flags(user) {
      const path = join(maildir(user), 'cur');
      return existsSync(path)
        ? readdirSync(path)
            .map((name) => name.split(':2,')[1] ?? '')
            .join('')
        : '';
    },
    newUidValidity(user) {
      const box = maildir(user);
      const list = join(box, 'dovecot-uidlist');
      const before = Number(/V(\d+)/.exec(readFileSync(list, 'utf8'))?.[1] ?? 1);
      for (const name of readdirSync(box)) if (name.startsWith('dovecot')) rmSync(join(box, name), { force: true });
      writeFileSync(list, `3 V${before + 7} N1\n`);
      chownSync(list, uid, gid);
    },
    async start() {
      child = spawn(binary, ['-F', '-c', config], { stdio: 'ignore', detached: true });
      await greeted(port, { withinMs: startWithinMs, log: () => readLog(dir) });
    },
    async stop() {
      const running = child;
      child = null;
      if (!running || running.exitCode !== null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      await gone;
      // Its children end seconds later by themselves; a machine that goes down takes them at once.
      if (running.pid !== undefined) killGroup(running.pid);
    },
    async remove() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function configuration(dir: string, port: number, password: string, uid: number, gid: number, isRoot: boolean): string {
  const me = userInfo().username;
  // Without root Dovecot can neither change its user nor its root directory.
  const own = isRoot
    ? ''
    : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}\nservice anvil {\n  chroot =\n}\nservice stats {\n  chroot =\n}\n`;
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 0
${own}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  process_min_avail = 1
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
auth_failure_delay = 0
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/mail/%u
}
`;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readLog(dir: string): string {
  return existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8').slice(-2_000) : 'no log';
}
