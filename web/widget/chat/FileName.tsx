/** A file's name in its own direction, its ending always behind it: `گزارش.pdf` on an English page too. */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return (
    <span class="file-name">
      <bdi>{stem}</bdi>
      {name.slice(stem.length)}
    </span>
  );
}
