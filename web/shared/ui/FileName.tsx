/**
 * A file's name as it is read on every page: from the left, its ending last (`گزارش.pdf`, `(1).txt` on a Persian page too),
 * and the words of the name in their own direction.
 */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return (
    <bdi dir="ltr">
      <bdi>{stem}</bdi>
      {name.slice(stem.length)}
    </bdi>
  );
}
