import type { Citation, ConsultAnswer } from '../consult/schema.ts';
import { type Act, isSmallTalk, type SmallTalk } from '../consult/understand/act.ts';
import type { Flow } from './flows/flow.ts';
import type { Start } from './flows/start.ts';
import type { BotWords } from './words/table.ts';

/** What is known when the bot may speak. */
export interface Situation {
  mode: string;
  botState: string;
  /** A colleague who may answer has Parley open. */
  somebodyHere: boolean;
  answer: ConsultAnswer;
  /** Confidence from which the channel lets the bot answer by itself, 0..1. */
  threshold: number;
  /** How often the bot has already asked back without getting on. */
  askedBack: number;
  /** A letter is not a talk: the bot answers it or leaves it, and says nothing else. */
  conversational: boolean;
  angry: boolean;
  /** What the client's words do. */
  act: Act;
  /** It holds a card number or a one-time code. */
  secret: boolean;
  /** What the question begins. */
  start: Start;
  /** A claim, with what is known of it. */
  claim: Flow | null;
  /** Who is before the client and how long it takes, in words. */
  queue: string;
  /** "Riverside opens Monday at 10:00", when it is known and matters. */
  opening: string | null;
  /** The client could leave an address where an answer reaches them. */
  mayLeaveContact: boolean;
  words: BotWords;
}

export type Arrangement = Extract<Start, { do: 'hold' | 'tell' | 'call' }>;

export type Decision =
  | { do: 'nothing' }
  /** Nobody was asked for the bot: the thread waits for a person from the start. */
  | { do: 'wait'; reason: string }
  | { do: 'say'; text: string; citations: Citation[]; flow: Flow | null }
  /** Small talk: a kind word or none, and nobody waits. */
  | { do: 'beKind'; text: string | null }
  /** Asked to say it again: that is no answer, and the client waits on. */
  | { do: 'sayAgain'; text: string }
  | { do: 'arrange'; what: Arrangement }
  | { do: 'handOver'; reason: string; text: string | null; flow: Flow | null };

const mostAskedBack = 2;

/**
 * Whether the bot answers, arranges something, asks back, or hands over. It speaks only in its own state, says only what is
 * cited, and hands over: on request, on anger, on claims and personal data, when nothing supports an answer, and when it is
 * unsure a second time.
 */
export function decide(situation: Situation): Decision {
  const { mode, botState, answer, words, start, conversational } = situation;
  if (botState !== 'bot' || mode === 'off' || mode === 'suggest') return { do: 'nothing' };
  if (mode === 'away' && situation.somebodyHere) return { do: 'wait', reason: 'somebodyHere' };
  if (isSmallTalk(situation.act) && !situation.secret) return beKind(situation, situation.act);
  if (situation.secret) return handOver(situation, 'personalData', `${words.noSecrets} ${words.passing}`);
  if (situation.angry) return handOver(situation, 'anger', words.sorry);
  if (situation.claim !== null)
    return { ...handOver(situation, 'claim', `${words.passing} ${words.claimAsk}`, false), flow: situation.claim };
  if (conversational && (start.do === 'hold' || start.do === 'tell' || start.do === 'call'))
    return { do: 'arrange', what: start };
  const intent = answer.asked?.intent;
  if (intent === 'complaint') return handOver(situation, 'complaint', words.sorry);
  if (answer.answer) {
    if (answer.handover) return handOver(situation, whyIn(answer), null);
    if (answer.answer.confidence >= situation.threshold && answer.answer.citations.length > 0) {
      const proposal = conversational && start.do === 'propose' ? start : null;
      const text = proposal === null ? answer.answer.text : `${answer.answer.text} ${proposal.words}`;
      return { do: 'say', text, citations: answer.answer.citations, flow: proposal?.flow ?? null };
    }
    return unsure(situation, 'unsure');
  }
  if (conversational && start.do === 'ask') return { do: 'say', text: start.words, citations: [], flow: start.flow };
  if (conversational && start.do === 'propose' && answer.reason)
    return { do: 'say', text: `${answer.reason} ${start.words}`, citations: [], flow: start.flow };
  if (answer.clarify && conversational && situation.askedBack < mostAskedBack)
    return {
      do: 'say',
      text: [answer.clarify.question, ...answer.clarify.options.map((option) => `• ${option.label}`)].join('\n'),
      citations: [],
      flow: null,
    };
  if (intent === 'human') return handOver(situation, 'askedPerson', words.passing);
  return handOver(situation, whyIn(answer));
}

/** By mail no kind word is sent: it would be one letter more to read. A letter that only greets has forgotten its question. */
function beKind(situation: Situation, talk: SmallTalk): Decision {
  const { words, conversational } = situation;
  if (!conversational) return talk === 'greeting' ? handOver(situation, 'asksNothing') : { do: 'beKind', text: null };
  const said = { greeting: words.hello, thanks: words.welcome, farewell: words.goodbye, acknowledgement: null };
  return { do: 'beKind', text: said[talk] };
}

/** Why there is no answer, as colleagues' screens know it: a word, and what it is about. */
function whyIn({ why, reason }: ConsultAnswer): string {
  if (why) return why.about === '' ? why.code : `${why.code}: ${why.about}`;
  return reason ?? 'noAnswer';
}

/** Unsure once: the client is asked to say it again. Unsure twice: a person answers. */
function unsure(situation: Situation, reason: string): Decision {
  if (situation.conversational && situation.askedBack === 0) return { do: 'sayAgain', text: situation.words.sayAgain };
  return handOver(situation, reason);
}

/** Whether why there is no answer helps a client too: that we do not sell a thing does, what our catalogue lacks does not. */
function isForClients({ why }: ConsultAnswer): boolean {
  if (!why) return false;
  // A model has a figure in its name; other words may be anything that was not understood.
  return why.code === 'absent' ? /\d/.test(why.about) : FOR_CLIENTS.has(why.code);
}

const FOR_CLIENTS: ReadonlySet<string> = new Set([
  'noOffer',
  'noPriceToday',
  'noAnalogue',
  'backUnknown',
  'roamingNone',
  'hoursUnknown',
  'needsProof',
  'lookupFailed',
]);

/** What really happens, in words: who answers, when somebody is there, how many wait. By mail nothing is said. */
function handOver(
  situation: Situation,
  reason: string,
  opener: string | null = situation.words.passedOn,
  mayLeave = situation.mayLeaveContact,
): Extract<Decision, { do: 'handOver' }> {
  const { words, opening, somebodyHere, conversational, answer } = situation;
  if (!conversational || opener === null) return { do: 'handOver', reason, text: null, flow: null };
  const unknown = opener === words.passedOn && answer.answer === null && answer.products.length === 0;
  const known = unknown && isForClients(answer) ? answer.reason : null;
  const here = somebodyHere ? situation.queue : opening ? `${words.nobodyNow} ${opening}` : words.nobodyNow;
  const leave = mayLeave && !somebodyHere ? words.leaveContact : null;
  return {
    do: 'handOver',
    reason,
    text: [known, opener, here, leave].filter(Boolean).join(' '),
    flow: leave === null ? null : { kind: 'leaveContact', step: 'contact', slots: {} },
  };
}
