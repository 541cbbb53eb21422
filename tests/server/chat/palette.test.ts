import { assert as check, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paletteOf } from '../../../server/channels/chat/palette.ts';
import { contrast, inkOn } from '../../../server/lib/colour.ts';

const anyColour = integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the colours of a chat', () => {
  it('are readable for every colour a shop may choose, light and dark', () => {
    void check(
      property(anyColour, (colour) => {
        expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
        for (const [scheme, ground, balloon] of [
          ['light', '#ffffff', '#f1f3f5'],
          ['dark', '#17191c', '#262a2f'],
        ] as const) {
          const { accent, onAccent, accentText } = paletteOf(colour, scheme);
          expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accent, ground)).toBeGreaterThanOrEqual(3);
          expect(contrast(accentText, ground)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(accentText, balloon)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('leave a colour alone that is readable as it is', () => {
    expect(paletteOf('#0b7285', 'light')).toEqual({ accent: '#0b7285', onAccent: '#ffffff', accentText: '#0b7285' });
  });
});
