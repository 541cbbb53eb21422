import { useTranslation } from 'react-i18next';
import { exactTime, useLocale } from '../../shared/ui/format.ts';
import classes from './Catalogue.module.css';
import { money } from './offers.ts';
import { useOldPrices } from './queries.ts';

/** What it cost before; nothing while no price has changed. */
export function OldPrices({ productId }: { productId: string }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const prices = useOldPrices(productId).data ?? [];
  if (prices.length === 0) return null;
  return (
    <details className={classes.oldPrices}>
      <summary>{t('oldPrices', { count: prices.length })}</summary>
      <ul>
        {prices.map((old) => (
          <li key={old.storeId + old.until}>
            <s className="p-tabular">{money(old.price, old.currency, locale)}</s> <bdi>{old.storeName}</bdi> ·{' '}
            {t('priceUntil', { time: exactTime(old.until, locale) })}
          </li>
        ))}
      </ul>
    </details>
  );
}
