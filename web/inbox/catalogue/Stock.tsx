import { useTranslation } from 'react-i18next';
import type { Offer } from '../../../server/catalogue/schema.ts';
import { ago, count, exactTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { Badge } from '../page/Badge.tsx';

/** How many there are, in a word and a number. */
export function StockBadge({ stock }: { stock: number | null }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  if (stock === null) return <Badge>{t('stockUnknown')}</Badge>;
  if (stock === 0) return <Badge tone="red">{t('out')}</Badge>;
  return <Badge tone="green">{t('inStock', { n: count(stock, locale) })}</Badge>;
}

/** How old an offer's figures are; exact on hover. */
export function AsOf({ offer }: { offer: Pick<Offer, 'asOf'> }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const now = useNow();
  return (
    <time dateTime={offer.asOf} title={exactTime(offer.asOf, locale)} style={{ color: 'var(--p-dim)', fontSize: 12 }}>
      {t('asOf', { ago: ago(offer.asOf, locale, now) })}
    </time>
  );
}
