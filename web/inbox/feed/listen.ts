import { useEffect, useRef } from 'react';
import type { FeedEvent } from '../../../server/realtime/schema.ts';

type Listener = (events: FeedEvent[]) => void;
const listeners = new Set<Listener>();

/** Hands a burst of events to whoever listens; called by the connection after the cache has folded them. */
export function tellListeners(events: FeedEvent[]): void {
  for (const listener of listeners) listener(events);
}

/** Calls `listener` with every burst of events while the component is there. */
export function useFeedEvents(listener: Listener): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call: Listener = (events) => latest.current(events);
    listeners.add(call);
    return () => {
      listeners.delete(call);
    };
  }, []);
}
