import { exactTime, listTime, useLocale, useNow } from './format.ts';

/** A time as a list writes it; exact on hover. */
export function ListTime({ at, className }: { at: string; className?: string | undefined }) {
  const locale = useLocale();
  return (
    <time dateTime={at} title={exactTime(at, locale)} className={className}>
      {listTime(at, locale, useNow())}
    </time>
  );
}
