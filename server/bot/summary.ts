import type { Reader } from '../db/tx.ts';

const mostTurns = 12;
const shown = 140;

/** What client and bot said so far, a line a question, for the colleague who takes over; null when there was only one. */
export async function summaryText(reader: Reader, threadId: string): Promise<string | null> {
  const rows = await reader.message.findMany({
    where: { threadId, direction: { not: 'note' }, classification: 'person' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostTurns,
    select: { direction: true, text: true },
  });
  const turns = rows.reverse();
  if (turns.filter((turn) => turn.direction === 'inbound').length < 2) return null;
  const lines: string[] = [];
  for (const turn of turns) {
    const words = beginning(turn.text.replace(/\s+/g, ' ').trim());
    if (turn.direction === 'inbound') lines.push(`• ${words}`);
    else if (lines.length > 0) lines[lines.length - 1] += ` → ${words}`;
  }
  return lines.join('\n');
}

/** Up to `shown` characters, whole words, and an ellipsis for what is left out. */
function beginning(text: string): string {
  if (text.length <= shown) return text;
  const cut = text.slice(0, shown);
  const end = cut.lastIndexOf(' ');
  return `${(end > shown / 2 ? cut.slice(0, end) : cut).replace(/[\s.,;:–-]+$/, '')} …`;
}
