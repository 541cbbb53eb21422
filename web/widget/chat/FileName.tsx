/**
 * A file's name as it is read on every page: from the left, its ending last (`گزارش.pdf`, `a.txt` on a Persian page too),
 * and the words of the name in their own direction. Without room they are cut where they end; the ending of the file stays.
 */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return (
    <span class="file-name">
      <bdi dir="ltr">
        <bdi>{stem}</bdi>
        <span>{name.slice(stem.length)}</span>
      </bdi>
    </span>
  );
}
