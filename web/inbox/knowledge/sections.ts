/** Where an article stands: `Phones/Warranty`, or the path of the file it came from without the file. */
export function sectionOf(path: string): string {
  const parts = path.split('/').filter(Boolean);
  if (/\.[a-z0-9]{2,5}$/i.test(parts.at(-1) ?? '')) parts.pop();
  return parts.join('/');
}

/** Articles by section, sections by name; those without one come last. */
export function bySection<T extends { path: string }>(articles: readonly T[]): [string, T[]][] {
  const sections = new Map<string, T[]>();
  for (const article of articles) {
    const section = sectionOf(article.path);
    sections.set(section, [...(sections.get(section) ?? []), article]);
  }
  return [...sections].sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b));
}
