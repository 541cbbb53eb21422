import { type FormEvent, useState } from 'react';
import { sayError } from '../../shared/ui/sayError.ts';
import { fieldErrors } from './fieldErrors.ts';

interface Options {
  /** Told of a refusal instead of `error`: `showError` for a form without room for an alert. */
  onRefused?: (error: unknown) => void;
  /** The form's own name of a field, by its path in the API; the path itself unless given. */
  fieldOf?: (path: string) => string;
}

interface Submission {
  /** From the press until the act has settled. */
  busy: boolean;
  /** What the last try was refused with, in the reader's words; null again as soon as the next begins. */
  error: string | null;
  /** The same by field, where the refusal named fields. */
  errors: Record<string, string>;
  /** For `onSubmit`, or without an event for a button's `onClick`. */
  submit: (event?: FormEvent<HTMLFormElement>) => void;
}

/** Carries out what a form or a button is for. `act` is given what the form's named fields hold, and may throw. */
export function useSubmit(act: (form: FormData) => unknown, { onRefused, fieldOf }: Options = {}): Submission {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (form: FormData) => {
    setBusy(true);
    setFailure(null);
    try {
      await act(form);
    } catch (error) {
      (onRefused ?? setFailure)(error);
    }
    setBusy(false);
  };
  return {
    busy,
    error: failure === null ? null : sayError(failure),
    errors: fieldErrors(failure, fieldOf),
    submit: (event) => {
      event?.preventDefault();
      void run(new FormData(event?.currentTarget));
    },
  };
}
