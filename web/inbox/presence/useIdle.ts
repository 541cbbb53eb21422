import { useIdle } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { sayPresence, useMyPresence } from './queries.ts';

/** Nothing touched for so long is being away, ms. */
const IDLE_MS = 10 * 60_000;

/** Says away for who is available and touches nothing, and available again at the first touch. */
export function useAwayByInactivity(): void {
  const idle = useIdle(IDLE_MS, { initialState: false });
  const state = useMyPresence();
  const went = useRef(false);
  useEffect(() => {
    if (idle && state === 'available') {
      went.current = true;
      void sayPresence('away').catch(() => {
        went.current = false;
      });
    }
    if (!idle && went.current && state === 'away') {
      went.current = false;
      void sayPresence('available').catch(() => {
        went.current = true;
      });
    }
    if (state !== 'available' && state !== 'away') went.current = false;
  }, [idle, state]);
}
