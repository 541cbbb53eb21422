import type { VisitorState } from '../../../server/channels/chat/schema.ts';
import { Icon } from './icons.tsx';
import { moment, span } from './time.ts';
import type { Words } from './words.ts';

/** Who answers, how soon, and the chat's two buttons. */
export function Header(props: {
  title: string;
  about: VisitorState | null;
  words: Words;
  sound: boolean;
  onSound(on: boolean): void;
  onClose: (() => void) | null;
}) {
  const { about, words, sound, onSound, onClose } = props;
  const people = about?.people ?? [];
  return (
    <header class="head">
      {people.length > 0 && <Faces names={people} online={about?.online === true} />}
      <div class="head-text">
        <h1 dir="auto">{people[0] ?? props.title}</h1>
        <p role="status">{about ? whoAnswers(about, words) : '\u00a0'}</p>
      </div>
      <button
        type="button"
        class="quiet"
        aria-pressed={sound}
        aria-label={words.say(sound ? 'soundOff' : 'soundOn')}
        title={words.say(sound ? 'soundOff' : 'soundOn')}
        onClick={() => onSound(!sound)}
      >
        <Icon name={sound ? 'soundOn' : 'soundOff'} />
      </button>
      {onClose && (
        <button
          type="button"
          class="quiet"
          aria-label={words.say('close')}
          title={words.say('close')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

/** One honest sentence: nothing is promised that was not measured. */
export function whoAnswers(about: VisitorState, words: Words): string {
  const time = about.waitMs === null ? null : span(about.waitMs, words.locale);
  if (about.answering === 'person' && about.people[0] && about.online) {
    return words.say('personHere', { name: about.people[0] });
  }
  if (about.answering === 'bot') return words.say('botHere');
  if (!about.online) {
    return about.opensAt
      ? words.say('nobodyUntil', { time: moment(about.opensAt, words.locale) })
      : words.say('nobody');
  }
  if (about.answering === 'waiting') {
    return time === null ? words.say('waitingUnknown') : words.say('waiting', { time });
  }
  return time === null ? words.say('answersSoon') : words.say('answersIn', { time });
}

export function Faces({ names, online }: { names: string[]; online: boolean }) {
  return (
    <span class="faces" aria-hidden="true">
      {names.map((name) => (
        <span class="face" key={name}>
          {initials(name)}
        </span>
      ))}
      {online && <i class="here" />}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return letters.map((part) => [...(part ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}
