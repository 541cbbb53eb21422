import { useCallback, useEffect, useRef } from 'react';
import { noteConsult } from './queries.ts';

/**
 * Measures how long a consult lasts: from the first letter of its question until the next one begins or the place is left.
 * The answer is to be called with each letter.
 */
export function useLasting(consultId: string | undefined): () => void {
  const began = useRef<number | null>(null);
  const current = useRef<{ id: string; since: number } | null>(null);
  const end = useCallback(() => {
    const ended = current.current;
    current.current = null;
    // Only a record: it must never disturb who is at the counter.
    if (ended) noteConsult(ended.id, { lastedMs: Math.round(performance.now() - ended.since) }).catch(() => undefined);
  }, []);
  useEffect(() => {
    if (consultId === undefined) return;
    if (current.current?.id === consultId) return;
    end();
    current.current = { id: consultId, since: began.current ?? performance.now() };
    began.current = null;
  }, [consultId, end]);
  useEffect(() => {
    window.addEventListener('pagehide', end);
    return () => {
      window.removeEventListener('pagehide', end);
      end();
    };
  }, [end]);
  return useCallback(() => {
    if (current.current !== null) end();
    began.current ??= performance.now();
  }, [end]);
}
