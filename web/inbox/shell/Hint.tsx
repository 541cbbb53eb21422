import { Tooltip } from '@mantine/core';
import { cloneElement, type HTMLAttributes, type ReactElement, useEffect, useState } from 'react';
import { WithKey } from './WithKey.tsx';

/** How long the pointer rests before the words come, ms. */
const restMs = 400;

interface Hinted {
  'data-hint'?: string;
  'data-hint-keys'?: string | undefined;
  'data-hint-side'?: string | undefined;
}

/**
 * Says what a control does, and by which keys, while the pointer rests on it or the keyboard is there. It marks its child and
 * costs nothing else: one layer for the whole screen shows the words. Props of a menu's target go through to the child.
 */
export function Hint({
  label,
  keys,
  side,
  children,
  ...others
}: {
  label: string;
  keys?: string | undefined;
  side?: 'right';
  children: ReactElement;
} & HTMLAttributes<HTMLElement>) {
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const hinted: Hinted = { 'data-hint': label, 'data-hint-keys': keys, 'data-hint-side': side };
  return cloneElement(children, { ...given, ...hinted });
}

/** The words of the marked control that the pointer rests on; once on a screen. */
export function HintLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let timer: number | undefined;
    const hide = () => {
      window.clearTimeout(timer);
      setTarget(null);
    };
    const marked = (event: Event) =>
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-hint]') : null;
    const rest = (event: PointerEvent) => {
      const element = marked(event);
      hide();
      if (element !== null && event.pointerType === 'mouse')
        timer = window.setTimeout(() => setTarget(element), restMs);
    };
    const focus = (event: FocusEvent) => {
      const element = marked(event);
      hide();
      if (element?.matches(':focus-visible')) setTarget(element);
    };
    const listeners: [string, (event: never) => void][] = [
      ['pointerover', rest],
      ['focusin', focus],
      ['focusout', hide],
      ['pointerdown', hide],
      ['keydown', hide],
      ['scroll', hide],
    ];
    for (const [name, listener] of listeners) document.addEventListener(name, listener as EventListener, true);
    return () => {
      hide();
      for (const [name, listener] of listeners) document.removeEventListener(name, listener as EventListener, true);
    };
  }, []);
  if (target === null || !target.isConnected || target.getAttribute('aria-expanded') === 'true') return null;
  const { hint = '', hintKeys, hintSide } = target.dataset;
  return (
    <Tooltip
      target={target}
      opened
      label={hintKeys === undefined ? hint : <WithKey label={hint} keys={hintKeys} />}
      position={hintSide === 'right' ? 'right' : 'top'}
    />
  );
}
