/** What the list of articles is narrowed to, in the address: a list can be sent. */
export interface ArticleSearch {
  q?: string;
  locale?: string;
  state?: 'draft' | 'published';
  /** The beginning of a path: a section. */
  path?: string;
  /** Waits to be looked at again, or put right. */
  needs?: 'review' | 'correction';
}

/** Reads an address; what it does not know is left out. */
export function articleSearch({ q, locale, state, path, needs }: Record<string, unknown>): ArticleSearch {
  return {
    // The router reads `q=13` as a number.
    ...(q !== undefined && q !== '' ? { q: String(q).slice(0, 200) } : {}),
    ...(typeof locale === 'string' ? { locale } : {}),
    ...(state === 'draft' || state === 'published' ? { state } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    ...(needs === 'review' || needs === 'correction' ? { needs } : {}),
  };
}
