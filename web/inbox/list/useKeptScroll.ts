import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ROW_PX } from './Row.tsx';

/**
 * Keeps what one looks at where it is when rows come in above: while the list is scrolled, or the pointer is over
 * it (a click must not hit another row). Gives the number of rows that came in above meanwhile.
 */
export function useKeptScroll(
  scroller: RefObject<HTMLElement | null>,
  rows: { id: string }[],
  listKey: string,
): number {
  const [above, setAbove] = useState(0);
  const anchor = useRef<{ id: string; listKey: string } | null>(null);
  const hovered = useRef(false);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      if (element.scrollTop < ROW_PX / 2) setAbove(0);
    };
    const over = () => {
      hovered.current = true;
    };
    const out = () => {
      hovered.current = false;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('pointermove', over, { passive: true });
    element.addEventListener('pointerleave', out, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('pointermove', over);
      element.removeEventListener('pointerleave', out);
    };
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const before = anchor.current;
    if (before !== null && before.listKey !== listKey) {
      element.scrollTop = 0;
      setAbove(0);
    } else if (before !== null && (element.scrollTop > 0 || hovered.current)) {
      const index = rows.findIndex((row) => row.id === before.id);
      const moved = index === -1 ? 0 : index - firstShown(element);
      if (moved > 0) {
        element.scrollTop += moved * ROW_PX;
        setAbove((count) => count + moved);
      }
    }
    const first = rows[firstShown(element)];
    anchor.current = first === undefined ? null : { id: first.id, listKey };
  });

  return above;
}

function firstShown(element: HTMLElement): number {
  return Math.floor(element.scrollTop / ROW_PX);
}
