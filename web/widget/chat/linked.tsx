import { markDirection } from '../../shared/textDirection.ts';

const link = /\b(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Text with its web and mail addresses as links; everything else stays text. */
export function Linked({ text: said }: { text: string }) {
  const text = markDirection(said);
  const parts: (string | preact.JSX.Element)[] = [];
  let from = 0;
  for (const match of text.matchAll(link)) {
    parts.push(text.slice(from, match.index));
    const [address, web] = match;
    parts.push(
      <a href={web ?? `mailto:${address}`} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    from = match.index + address.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
