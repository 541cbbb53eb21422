import type { Citation, ConsultAnswer } from '../consult/schema.ts';
import type { BotWords } from './words.ts';

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
  /** "Riverside opens Monday at 10:00", when it is known and matters. */
  opening: string | null;
  words: BotWords;
}

export type Decision =
  | { do: 'nothing' }
  /** Nobody was asked for the bot: the thread waits for a person from the start. */
  | { do: 'wait'; reason: string }
  | { do: 'say'; text: string; citations: Citation[] }
  | { do: 'handOver'; reason: string; text: string | null };

const mostAskedBack = 2;

/**
 * Whether the bot answers, asks back, or hands over. It speaks only in its own state, says only what is cited, and hands
 * over whatever it is not sure of, what a person is asked for, and every claim (those in silence).
 */
export function decide(situation: Situation): Decision {
  const { mode, botState, answer, words } = situation;
  if (botState !== 'bot' || mode === 'off' || mode === 'suggest') return { do: 'nothing' };
  if (mode === 'away' && situation.somebodyHere) return { do: 'wait', reason: 'somebody is here' };
  if (answer.answer) {
    if (answer.handover) return { do: 'handOver', reason: answer.handover.reason, text: null };
    if (answer.answer.confidence >= situation.threshold && answer.answer.citations.length > 0)
      return { do: 'say', text: answer.answer.text, citations: answer.answer.citations };
    return handOver(situation, 'not sure enough');
  }
  if (answer.clarify && situation.conversational && situation.askedBack < mostAskedBack)
    return {
      do: 'say',
      text: [answer.clarify.question, ...answer.clarify.options.map((option) => `• ${option.label}`)].join('\n'),
      citations: [],
    };
  if (!answer.handover && !answer.clarify && situation.conversational && situation.askedBack === 0)
    return { do: 'say', text: words.hello, citations: [] };
  return handOver(situation, answer.handover?.reason ?? answer.reason ?? 'no answer');
}

function handOver(situation: Situation, reason: string): Decision {
  const { words, opening, somebodyHere, conversational, answer } = situation;
  if (!conversational) return { do: 'handOver', reason, text: null };
  const known = answer.answer === null && answer.reason && answer.products.length === 0 ? answer.reason : null;
  const nobody = somebodyHere ? null : opening ? `${words.nobodyNow} ${opening}` : words.nobodyNow;
  return { do: 'handOver', reason, text: [known, words.passedOn, nobody].filter(Boolean).join(' ') };
}
