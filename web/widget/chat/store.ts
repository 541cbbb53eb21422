import { useEffect, useState } from 'preact/hooks';
import { type ChatState, fold, type Happened } from './state.ts';

/** Holds the one state of the chat and tells who listens when it changes. */
export class Store {
  private readonly listeners = new Set<() => void>();

  constructor(public state: ChatState) {}

  tell(happened: Happened): void {
    this.state = fold(this.state, happened);
    for (const listener of this.listeners) listener();
  }

  /** Calls back after each change until the answer is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

/** The state, rendered anew whenever it changes. */
export function useChat(store: Store): ChatState {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    // What happened between the first drawing and now.
    setState(store.state);
    return store.subscribe(() => setState(store.state));
  }, [store]);
  return state;
}
