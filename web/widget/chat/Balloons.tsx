import type { VisitorAttachment } from '../../../server/visitors/schema.ts';
import { FileName } from './FileName.tsx';
import type { Group, Line } from './groups.ts';
import { Icon } from './icons.tsx';
import { Linked } from './linked.tsx';
import { clock, momentThere, size } from './time.ts';
import type { Word, Words } from './words.ts';

/** What one author said in a row: a name once, then balloons, then when and how far. */
export function Balloons(props: {
  group: Group;
  /** The visitor's newest message: only there a mark is shown when all is well. */
  lastOwnKey: string | undefined;
  words: Words;
  /** In which the times of sources are read. */
  timezone: string;
  onRetry(clientKey: string): void;
  onDiscard(clientKey: string): void;
}) {
  const { group, words } = props;
  const last = group.lines.at(-1);
  const name = group.isOwn
    ? words.say('you')
    : group.author.kind === 'bot'
      ? group.author.name || words.say('botName')
      : group.author.name;
  return (
    <li class={group.isOwn ? 'group own' : 'group'}>
      <p class={group.isOwn ? 'hidden' : 'author'}>
        {group.author.kind === 'bot' ? (
          <>
            {name !== words.say('botName') && <bdi>{name}</bdi>}
            <span class="bot">
              <Icon name="bot" />
              {words.say('botName')}
            </span>
          </>
        ) : (
          <bdi>{name}</bdi>
        )}
      </p>
      {group.lines.map((line) => (
        <Balloon key={line.key} line={line} {...props} />
      ))}
      {last && <Foot line={last} {...props} />}
    </li>
  );
}

/** Refusals whose reason helps the visitor; all others are told as not sent. */
const refusals: Record<string, Word> = {
  'message.tooLong': 'tooLong',
  'attachment.tooLarge': 'filesTooLarge',
  'attachment.unknown': 'filesGone',
};

/** "Galaxy A55" says nothing beside "Galaxy A55 – Riverside, as of 10:15". */
function unlessWithin({ title }: { title: string }, _: number, all: Line['sources']): boolean {
  return !all.some((other) => other.title.startsWith(`${title} – `));
}

function Balloon(props: {
  line: Line;
  words: Words;
  timezone: string;
  onRetry(clientKey: string): void;
  onDiscard(clientKey: string): void;
}) {
  const { line, words } = props;
  return (
    <div class={line.mark === 'sending' ? 'line sending' : 'line'}>
      {line.text !== '' && (
        <div class="balloon" dir="auto">
          <Linked text={line.text} />
        </div>
      )}
      {line.attachments.map((attachment) => (
        <Attached key={attachment.id} attachment={attachment} words={words} />
      ))}
      {line.sources.length > 0 && (
        <p class="sources">
          {words.say('sources')}{' '}
          {line.sources.filter(unlessWithin).map((source, index) => (
            <span key={source.title}>
              {index > 0 && ' · '}
              <bdi>{source.title}</bdi>
              {source.asOf &&
                `, ${words.say('asOf', { time: momentThere(source.asOf, words.locale, props.timezone) })}`}
            </span>
          ))}
        </p>
      )}
      {line.mark === 'refused' && (
        <p class="refused" role="alert">
          <Icon name="warning" />
          {words.say(refusals[line.refused ?? ''] ?? 'notSent')}
          <button type="button" onClick={() => props.onRetry(line.key)}>
            {words.say('retry')}
          </button>
          <button type="button" onClick={() => props.onDiscard(line.key)}>
            {words.say('discard')}
          </button>
        </p>
      )}
    </div>
  );
}

function Foot({ line, words, lastOwnKey }: { line: Line; words: Words; lastOwnKey: string | undefined }) {
  const isMarked =
    line.mark !== null && line.mark !== 'refused' && (line.key === lastOwnKey || line.mark === 'sending');
  return (
    <p class="foot">
      <time dateTime={line.at}>{clock(line.at, words.locale)}</time>
      {line.via === 'email' && (
        <>
          <Icon name="mail" />
          <span>{words.say('byEmail')}</span>
        </>
      )}
      {isMarked && (
        <>
          <Icon name={line.mark === 'sending' ? 'clock' : line.mark === 'seen' ? 'ticks' : 'tick'} />
          <span>{words.say(line.mark as 'sending' | 'sent' | 'seen')}</span>
        </>
      )}
    </p>
  );
}

function Attached({ attachment, words }: { attachment: VisitorAttachment; words: Words }) {
  const bytes = size(attachment.sizeBytes, words.locale);
  const isPicture = /^image\/(png|jpeg|gif|webp|avif)$/.test(attachment.type);
  return (
    <a
      class={isPicture ? 'picture' : 'file'}
      href={attachment.url}
      target="_blank"
      rel="noopener"
      aria-label={words.say('file', { name: attachment.name, size: bytes })}
    >
      {isPicture ? (
        <img src={attachment.url} alt="" loading="lazy" />
      ) : (
        <>
          <Icon name="file" />
          <FileName name={attachment.name} />
          <span>{bytes}</span>
        </>
      )}
    </a>
  );
}
