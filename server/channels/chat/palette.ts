import { contrast, inkOn, moveUntil, textContrast } from '../../lib/colour.ts';
import type { Palette } from '../../visitors/schema.ts';

/** Grounds of the chat page and of our balloons on it; web/widget/chat/style.css uses the same. */
const grounds = {
  light: { page: '#ffffff', balloon: '#f1f3f5' },
  dark: { page: '#17191c', balloon: '#262a2f' },
} as const;

/**
 * Colours of a chat in one scheme, from any `#rrggbb`: the colour itself as a ground with readable ink, and a
 * neighbour of it that is readable as text. In the dark a near-black colour is lightened until it stands out (3:1, WCAG 1.4.11).
 */
export function paletteOf(colour: string, scheme: 'light' | 'dark'): Palette {
  const { page, balloon } = grounds[scheme];
  const towards = scheme === 'light' ? '#000000' : '#ffffff';
  const accent = moveUntil(colour, towards, (candidate) => contrast(candidate, page) >= 3);
  return {
    accent,
    onAccent: inkOn(accent),
    accentText: moveUntil(colour, towards, (candidate) => contrast(candidate, balloon) >= textContrast),
  };
}
