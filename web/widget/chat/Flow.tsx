import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Balloons } from './Balloons.tsx';
import { daysOf } from './groups.ts';
import { Faces, present } from './Header.tsx';
import { Icon } from './icons.tsx';
import type { ChatState } from './state.ts';
import { dayName, dayOf } from './time.ts';
import type { Words } from './words.ts';

/** How near the end counts as "at the end", in px. */
const nearPx = 60;

/** The conversation, newest at the bottom; it follows what is new only while the reader is at the end. */
export function Flow(props: {
  state: ChatState;
  words: Words;
  greeting: string;
  timezone: string;
  children: preact.ComponentChildren;
  onOlder(): void;
  onRetry(clientKey: string): void;
  onDiscard(clientKey: string): void;
}) {
  const { state, words } = props;
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  const height = useRef(0);
  const firstKey = state.messages[0]?.id;
  const known = useRef(firstKey);

  const toEnd = useCallback(() => box.current?.scrollTo({ top: box.current.scrollHeight }), []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Older messages came in above: what was being read stays where it is.
    if (known.current !== firstKey && !atEnd.current) element.scrollTop += element.scrollHeight - height.current;
    else if (atEnd.current) toEnd();
    known.current = firstKey;
    height.current = element.scrollHeight;
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [toEnd]);
  const pendingCount = state.pending.length;
  useLayoutEffect(() => {
    // Who has just written wants to see it.
    if (pendingCount > 0) {
      atEnd.current = true;
      toEnd();
    }
  }, [pendingCount, toEnd]);

  function onScroll() {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    setAway(!atEnd.current);
    if (element.scrollTop < nearPx && state.hasMore) props.onOlder();
  }

  const days = daysOf(state);
  const lastOwnKey = days
    .flatMap((day) => day.groups)
    .findLast((group) => group.isOwn)
    ?.lines.at(-1)?.key;
  return (
    <div class="flow-around">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="flow" ref={box} onScroll={onScroll} tabIndex={0} aria-label={words.say('conversation')}>
        <div class="flow-inner">
          {state.hasMore && (
            <button type="button" class="older" onClick={props.onOlder}>
              {words.say('older')}
            </button>
          )}
          {!state.hasMore && state.about && <Greeting {...props} />}
          <div role="log" aria-live="polite" aria-relevant="additions">
            {days.map((day) => (
              <div key={day.key}>
                <h2 class="day">{dayTitle(day.at, words)}</h2>
                <ol>
                  {day.groups.map((group) => (
                    <Balloons key={group.key} group={group} lastOwnKey={lastOwnKey} {...props} />
                  ))}
                </ol>
              </div>
            ))}
          </div>
          {state.typing && (
            <p class="typing">
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              <span class="hidden">{words.say('typing', { name: state.typing })}</span>
            </p>
          )}
          {props.children}
        </div>
      </section>
      {away && (
        <button
          type="button"
          class="latest"
          aria-label={words.say('latest')}
          title={words.say('latest')}
          onClick={toEnd}
        >
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function Greeting({ state, words, greeting }: { state: ChatState; words: Words; greeting: string }) {
  const [person] = state.about ? present(state.about) : [];
  return (
    <div class="greeting">
      {person && <Faces names={[person]} />}
      <div class="balloon" dir="auto">
        {greeting || (person ? words.say('helloPerson', { name: person }) : words.say('hello'))}
      </div>
    </div>
  );
}

function dayTitle(at: string, words: Words): string {
  const today = new Date();
  if (dayOf(at) === today.toDateString()) return words.say('today');
  today.setDate(today.getDate() - 1);
  return dayOf(at) === today.toDateString() ? words.say('yesterday') : dayName(at, words.locale);
}
