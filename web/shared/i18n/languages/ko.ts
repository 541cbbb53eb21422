/** All words of this language, by the path of their file. */
export const words = import.meta.glob<Record<string, unknown>>('../locales/ko/*.json', {
  import: 'default',
  eager: true,
});
