/** The languages consulting speaks. */
export const spokenLanguages = ['en', 'ru', 'ko', 'ro', 'fa', 'sv', 'de', 'es'] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];
