/** All words of this language, by the path of their file. */
export const words = import.meta.glob<Record<string, unknown>>('../locales/fa/*.json', {
  import: 'default',
  eager: true,
});
