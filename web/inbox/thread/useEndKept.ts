import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** So near to the end counts as being there, px. */
const NEAR_PX = 96;

/**
 * Keeps a flow at its end while one is there (also while pictures and letters still grow), and leaves it alone
 * while one reads further up: then `below` says that something new came.
 */
export function useEndKept(ready: boolean, lastId: string | null, sendings: number) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);

  const toEnd = () => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setBelow(false);
  };

  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (element === null || inner === null) return;
    const onScroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (atEnd.current) setBelow(false);
    };
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  useLayoutEffect(() => {
    if (!ready || lastId === null) return;
    if (atEnd.current) toEndOf(scroller);
    else setBelow(true);
  }, [ready, lastId]);

  // What one sends oneself is always shown.
  useLayoutEffect(() => {
    if (sendings === 0) return;
    atEnd.current = true;
    toEndOf(scroller);
  }, [sendings]);

  /** Runs what adds something above, and leaves the eye where it was. */
  const keepPlace = async (work: () => Promise<void>) => {
    const element = scroller.current;
    const before = element === null ? 0 : element.scrollHeight - element.scrollTop;
    atEnd.current = false;
    await work();
    requestAnimationFrame(() => {
      if (element !== null) element.scrollTop = element.scrollHeight - before;
    });
  };

  return { scroller, content, below, toEnd, keepPlace };
}

function toEndOf(scroller: RefObject<HTMLElement | null>): void {
  const element = scroller.current;
  if (element !== null) element.scrollTop = element.scrollHeight;
}
