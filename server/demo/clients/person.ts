/** Somebody who writes to the store, whatever by. */
export interface Correspondent {
  /** Says something; resolves when the far side took it. */
  say(text: string): Promise<void>;
  /** Called with every answer that arrives where this person writes. */
  onAnswer(listener: (text: string) => void): void;
  leave(): void;
}
