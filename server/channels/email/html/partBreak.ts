/**
 * Stands between the HTML parts of a letter. Each is read alone, so that a tag left open in one never swallows the next:
 * otherwise a stranger's parts around an encrypted one could carry its text away in the address of a picture (EFAIL).
 */
export const partBreak = '\f';

/** HTML of one part, without anything that could be taken for a break. */
export function onePart(html: string): string {
  return html.replaceAll(partBreak, ' ');
}
