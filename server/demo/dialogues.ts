import type { ChannelKind } from '../channels/channel.ts';

/** Channels that people write on. */
export type WrittenKind = Exclude<ChannelKind, 'phone'>;

/** One conversation as written in prisma/demo/dialogues.txt, with its placeholders still in it. */
export interface Dialogue {
  channel: WrittenKind;
  /** BCP 47. */
  language: string;
  /** Mail only; empty otherwise. */
  subject: string;
  tags: string[];
  /** `waiting` is open with the client's words last. */
  ending: 'closed' | 'open' | 'waiting' | 'snoozed';
  turns: Turn[];
}

export interface Turn {
  by: 'client' | 'staff' | 'note' | 'bot' | 'autoReply' | 'bounce';
  text: string;
}

const SPEAKERS: Record<string, Turn['by']> = {
  '>': 'client',
  '<': 'staff',
  '!': 'note',
  '*': 'bot',
  '~': 'autoReply',
  '%': 'bounce',
};

/** Reads the file; its form is described at its top. @throws Error that names the line it cannot read */
export function parseDialogues(source: string): Dialogue[] {
  const dialogues: Dialogue[] = [];
  for (const [at, line] of source.split('\n').entries()) {
    if (line.startsWith('## ')) {
      const [head = '', subject = '', tags = '', ending = ''] = line
        .slice(3)
        .split('|')
        .map((part) => part.trim());
      const [channel = '', language = ''] = head.split(' ');
      if (!isChannel(channel) || !isEnding(ending)) throw new Error(`dialogues.txt:${at + 1}: ${line}`);
      dialogues.push({ channel, language, subject, tags: tags.split(' ').filter(Boolean), ending, turns: [] });
      continue;
    }
    const by = SPEAKERS[line[0] ?? ''];
    const current = dialogues.at(-1);
    if (by && current) current.turns.push({ by, text: line.slice(2).replaceAll('\\n', '\n') });
    else if (line.trim() !== '' && current) throw new Error(`dialogues.txt:${at + 1}: ${line}`);
  }
  return dialogues;
}

/** Puts names, phones and numbers in; an unknown placeholder stays, so that a test sees it. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function isChannel(value: string): value is WrittenKind {
  return value === 'email' || value === 'telegram' || value === 'chat';
}

function isEnding(value: string): value is Dialogue['ending'] {
  return ['closed', 'open', 'waiting', 'snoozed'].includes(value);
}
