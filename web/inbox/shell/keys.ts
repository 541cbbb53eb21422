import { useEffect, useRef } from 'react';

/** A key, `mod+k` (Ctrl or Command), or two keys after each other (`g i`). */
export interface KeyBinding {
  keys: string;
  run: () => void;
  /** Also while typing in a text field. */
  inText?: boolean;
  /** Its words in the command bar; without them it is a key only. */
  label?: string;
}

/** A binding that the command bar offers. */
export type Command = KeyBinding & { label: string };

/** How long the second key of a pair may take, ms. */
const PAIR_MS = 1200;

const layers: { current: KeyBinding[] }[] = [];
let first: { key: string; at: number } | null = null;

/**
 * Keys while the component is there. The component that came last wins; nothing fires in a text field, an open
 * dialog or menu, nor when the focus just fell out of one, unless the binding says so. Letters are found by their
 * place on the keyboard when the layout is not Latin, so that `j` works on a Persian one.
 */
export function useKeys(bindings: KeyBinding[]): void {
  const layer = useRef(bindings);
  layer.current = bindings;
  useEffect(() => {
    layers.push(layer);
    if (layers.length === 1) listen('addEventListener');
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) listen('removeEventListener');
    };
  }, []);
}

/** What can be done right now, wherever the user is. */
export function commands(): Command[] {
  const all = layers.toReversed().flatMap((layer) => layer.current);
  return all.filter((binding): binding is Command => binding.label !== undefined);
}

function listen(how: 'addEventListener' | 'removeEventListener'): void {
  window[how]('keydown', onKeyDown as EventListener);
  document[how]('focusin', noteFocus);
  document[how]('pointerdown', notePress);
}

/** Where words are written: the composer, an open dialog, menu or list. */
const WRITING = '[data-typing], [role=dialog], [role=menu], [role=listbox]';
let inside: Element | null = null;

function noteFocus({ target }: Event): void {
  inside = target instanceof Element ? target.closest(WRITING) : null;
}

function notePress({ target }: Event): void {
  if (target instanceof Node && !inside?.contains(target)) inside = null;
}

/** The focus was in there and what held it has gone, by no wish of the writer's: what is typed next is no command. */
function fellOut(target: EventTarget | null): boolean {
  return target === document.body && inside !== null && inside.getClientRects().length > 0;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key === 'Escape') inside = null;
  if (event.defaultPrevented || event.isComposing) return;
  const key = nameOf(event);
  if (key === null) return;
  const typing = isTyping(event.target) || fellOut(event.target);
  const pair = first !== null && performance.now() - first.at < PAIR_MS ? `${first.key} ${key}` : null;
  const fits = (binding: KeyBinding, keys: string | null) =>
    binding.keys === keys && (!typing || binding.inText === true);
  for (const keys of pair === null ? [key] : [pair, key])
    for (const layer of layers.toReversed()) {
      const binding = layer.current.find((each) => fits(each, keys));
      if (binding === undefined) continue;
      first = null;
      event.preventDefault();
      binding.run();
      return;
    }
  first = typing ? null : { key, at: performance.now() };
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.altKey && !/^Digit\d$/.test(event.code)) return null;
  const name = event.altKey ? `alt+${event.code.slice(5)}` : plainName(event);
  return event.ctrlKey || event.metaKey ? `mod+${name}` : name;
}

function plainName(event: KeyboardEvent): string {
  const { key, code } = event;
  if (key.length > 1) return key;
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase();
  if (code.startsWith('Key')) return code.slice(3).toLowerCase();
  if (code === 'Slash') return event.shiftKey ? '?' : '/';
  if (code === 'BracketLeft') return '[';
  if (code === 'BracketRight') return ']';
  return key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') ||
    target.closest('[role=dialog], [role=menu], [role=listbox]') !== null
  );
}
