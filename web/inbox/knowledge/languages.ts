/** Languages an article can be in, each in its own name; retrieval knows them all. */
export const languages = [
  ['en', 'English'],
  ['ru', 'Русский'],
  ['ko', '한국어'],
  ['ro', 'Română'],
  ['fa', 'فارسی'],
  ['sv', 'Svenska'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['ar', 'العربية'],
  ['tr', 'Türkçe'],
  ['uk', 'Українська'],
] as const;

/** A language in its own name; its code where we have none. */
export function languageName(code: string): string {
  return languages.find(([known]) => known === code)?.[1] ?? code;
}
