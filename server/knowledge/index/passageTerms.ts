import { analyse, type Terms } from '../analysis/analyse.ts';

/** One passage as the index knows it. `path` holds the headings above it, outermost first. */
export interface IndexedPassage {
  id: string;
  articleId: string;
  title: string;
  path: readonly string[];
  text: string;
  /** Its place in the article, from 0. */
  position: number;
  /** ISO 639-1. */
  language: string;
}

/** What a passage is found by: its text, its section path, and its title twice (a title says what the whole is about). */
export function textOf(passage: IndexedPassage): string {
  return `${[passage.title, passage.title, ...passage.path].join(' \n ')} \n ${passage.text}`;
}

export function termsOf(passage: IndexedPassage): Terms {
  return analyse(textOf(passage), passage.language);
}
