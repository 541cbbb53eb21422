import type { AsyncRouteComponent } from '@tanstack/react-router';
import { type ComponentType, createElement, use } from 'react';
import { bringCode } from '../../shared/ui/bringCode.ts';

/** Raised by `tryPlacesAgain`: a failure of before is then no reason not to ask. */
let tries = 0;

/**
 * A place whose code comes when it is first gone to (or hovered). While the line is away the router waits with the old
 * place on the screen; what cannot come at all is thrown where the place would stand, until `tryPlacesAgain`.
 */
export function lazyPlace<Module extends Record<Name, ComponentType>, Name extends string>(
  bring: () => Promise<Module>,
  name: Name,
): AsyncRouteComponent<object> {
  let here: Module[Name] | undefined;
  let coming: { promise: Promise<ComponentType>; tries: number; failed: boolean } | undefined;
  const load = () => {
    if (coming === undefined || (coming.failed && coming.tries !== tries)) {
      const attempt = {
        promise: bringCode(bring).then((module) => {
          here = module[name];
          return here as ComponentType;
        }),
        tries,
        failed: false,
      };
      attempt.promise.catch(() => {
        attempt.failed = true;
      });
      coming = attempt;
    }
    return coming.promise;
  };
  const place = (props: object) => createElement(here ?? use(load()), props);
  return Object.assign(place, {
    // Who only hovers is not told; who comes is, by the place itself.
    preload: () =>
      load().then(
        () => undefined,
        () => undefined,
      ),
  });
}

/** Asks again for the code that could not come. */
export function tryPlacesAgain(): void {
  tries++;
}
