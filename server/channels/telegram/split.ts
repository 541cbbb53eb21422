/** Formatting of a text that is being sent; offsets in UTF-16 code units. */
export interface OutgoingEntity {
  type: 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code' | 'pre' | 'blockquote' | 'text_link';
  offset: number;
  length: number;
  url?: string;
}

export interface Piece {
  text: string;
  entities: OutgoingEntity[];
}

/** Longest text of one Telegram message (core.telegram.org/bots/api#sendmessage). */
export const TEXT_LIMIT = 4096;
/** Telegram ignores entities past the hundredth (core.telegram.org/bots/api, limits of messages). */
const ENTITY_LIMIT = 100;

/**
 * Cuts a text into pieces that Telegram takes, at the last paragraph, line, sentence or word that fits, never within a
 * character; entities go with their text and are continued in the next piece. White space at a cut is dropped. An
 * empty text gives no piece.
 */
export function splitText(text: string, entities: OutgoingEntity[], limit = TEXT_LIMIT): Piece[] {
  const pieces: Piece[] = [];
  let from = text.search(/\S/);
  while (from >= 0 && from < text.length) {
    const to = from + cutAt(text.slice(from), limit);
    const end = from + text.slice(from, to).trimEnd().length;
    pieces.push({ text: text.slice(from, end), entities: within(entities, from, end) });
    const next = text.slice(to).search(/\S/);
    from = next < 0 ? -1 : to + next;
  }
  return pieces;
}

/** A place is good when at least this part of the room is used up to it. */
const ENOUGH = 0.5;

function cutAt(rest: string, limit: number): number {
  if (rest.trimEnd().length <= limit) return rest.length;
  const room = rest.slice(0, limit + 1);
  for (const boundary of [/\n\s*\n/g, /\n/g, /[.!?…。？！]["'»”)]?\s/g, /\s/g]) {
    const last = [...room.matchAll(boundary)].at(-1);
    const at = last ? last.index + last[0].trimEnd().length : 0;
    if (at >= limit * ENOUGH && at <= limit) return at;
  }
  return wholeCharacters(rest, limit);
}

/** The longest prefix of at most `limit` units that ends between two characters as people see them. */
function wholeCharacters(rest: string, limit: number): number {
  const window = rest.slice(Math.max(0, limit - 64), limit + 64);
  const base = Math.max(0, limit - 64);
  const starts = [...new Intl.Segmenter().segment(window)].map(({ index }) => base + index);
  // A window's first boundaries may fall within a character that began before it.
  return starts.filter((start) => start <= limit && start > base).at(-1) ?? limit;
}

function within(entities: OutgoingEntity[], from: number, to: number): OutgoingEntity[] {
  return entities
    .map((entity) => {
      const offset = Math.max(entity.offset, from);
      return { ...entity, offset: offset - from, length: Math.min(entity.offset + entity.length, to) - offset };
    })
    .filter(({ length }) => length > 0)
    .slice(0, ENTITY_LIMIT);
}
