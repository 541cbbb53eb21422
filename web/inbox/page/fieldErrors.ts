import { ApiError } from '../../shared/api.ts';

/**
 * What is wrong with the input, by the form's own field names. `nameOf` turns a path of the API (`config.imap.host`)
 * into a field; paths it does not know are left to the message above the form.
 */
export function fieldErrors(error: unknown, nameOf: (path: string) => string | undefined): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const { path, message } of error.errors) {
    const name = nameOf(path);
    if (name !== undefined) found[name] ??= message;
  }
  return found;
}
