import type { VisitorState } from '../../../server/visitors/schema.ts';
import { Icon } from './icons.tsx';
import { moment, span } from './time.ts';
import type { Words } from './words.ts';

/** Who answers, how soon, and the chat's two buttons. */
export function Header(props: {
  title: string;
  logoUrl: string | null;
  about: VisitorState | null;
  words: Words;
  sound: boolean;
  onSound(on: boolean): void;
  onClose: (() => void) | null;
}) {
  const { about, words, sound, onSound, onClose } = props;
  const people = about ? present(about) : [];
  return (
    <header class="head">
      {people.length > 0 ? (
        <Faces names={people} />
      ) : (
        props.logoUrl !== null && <img class="logo" src={props.logoUrl} alt="" />
      )}
      <div class="head-text">
        <h1>
          <bdi>{people[0] ?? props.title}</bdi>
        </h1>
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
  if (about.answering === 'person' && about.online && about.people.length > 0) return words.say('personHere');
  if (about.answering === 'bot') return words.say('botHere');
  if (!about.online) {
    return about.opensAt
      ? words.say('nobodyUntil', { time: moment(about.opensAt, words.locale) })
      : words.say('nobody');
  }
  if (time === null) return words.say('answersSoon');
  return words.say(about.answering === 'waiting' ? 'waiting' : 'answersIn', { time });
}

/** Who can really be met now: a name above "nobody is here" would be a lie. */
export function present(about: VisitorState): string[] {
  return about.online ? about.people : [];
}

export function Faces({ names }: { names: string[] }) {
  return (
    <span class="faces" aria-hidden="true">
      {names.map((name) => (
        <span class="face" key={name}>
          {initials(name)}
        </span>
      ))}
      <i class="here" />
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return letters.map((part) => [...(part ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}
