import type { AskModel } from './assist/ask.ts';
import type { ChannelHost } from './channels/channel.ts';
import type { Receivers } from './channels/receivers.ts';
import type { Config } from './config.ts';
import type { Knowledge } from './consult/live.ts';
import type { Rewording } from './consult/model.ts';
import type { Db } from './db/client.ts';
import type { Auth } from './http/auth.ts';
import type { Schedule } from './jobs/schedule.ts';
import type { Embed } from './knowledge/vectors/embed.ts';
import type { Clock } from './lib/clock.ts';
import type { Files } from './lib/files.ts';
import type { Log } from './lib/log.ts';
import type { SecretBox } from './lib/secretBox.ts';
import type { MailExtras } from './outbox/systemMail.ts';
import type { Feed } from './realtime/feed.ts';
import type { Here } from './realtime/here.ts';
import type { ReplyTools } from './threads/reply.ts';

/** What the composition root makes; a function takes the two or three of these that it uses. */
export interface Deps {
  config: Config;
  db: Db;
  clock: Clock;
  log: Log;
  files: Files;
  box: SecretBox;
  auth: Auth;
  feed: Feed;
  /** Articles and catalogue as this process knows them. */
  knowledge: Knowledge;
  /** Null without a configured embeddings model. */
  embed: Embed | null;
  /** Null without a configured model. */
  reword: Rewording | null;
  /** Words from the configured model; null each time where there is none. */
  askModel: AskModel;
  /** Who of ours has Parley open; null until the sockets are served. */
  here: Here | null;
  host: ChannelHost;
  /** Null in a process without the channels role. */
  receivers: Receivers | null;
  schedule: Schedule;
  reply: ReplyTools;
  /** Mail that Parley itself sends (invitations, password resets), by the first mailbox that can send. False: there is none. */
  sendSystemMail(to: string, subject: string, text: string, extras?: MailExtras): Promise<boolean>;
}
