import { ApiError } from '../../shared/api.ts';

/** What is wrong with the input, by field: `fieldOf` turns a path of the API (`config.imap.host`) into a form's own name. */
export function fieldErrors(error: unknown, fieldOf = (path: string) => path): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const { path, message } of error.errors) found[fieldOf(path)] ??= message;
  return found;
}
