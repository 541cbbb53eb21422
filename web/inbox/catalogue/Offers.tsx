import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../server/catalogue/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { Badge } from '../page/Badge.tsx';
import page from '../page/Page.module.css';
import { useStores } from '../settings/stores/queries.ts';
import classes from './Catalogue.module.css';
import { distanceKm, money } from './offers.ts';
import { AsOf, StockBadge } from './Stock.tsx';

/** Price and stock per store with their age; the own store first, then the nearest. */
export function Offers({ product, own }: { product: Product; own: string | undefined }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const stores = useStores().data ?? [];
  const byId = (id: string | undefined) => stores.find((store) => store.id === id);
  const km = (storeId: string) => distanceKm(byId(own), byId(storeId));
  if (product.offers.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noOffers')}
      </Text>
    );
  const sorted = product.offers.toSorted(
    (a, b) =>
      Number(b.storeId === own) - Number(a.storeId === own) ||
      (km(a.storeId) ?? 1e6) - (km(b.storeId) ?? 1e6) ||
      a.storeName.localeCompare(b.storeName),
  );
  return (
    <div className={page.tableWrap}>
      <table className={page.table}>
        <thead>
          <tr>
            <th>{t('store')}</th>
            <th className={page.num}>{t('price')}</th>
            <th>{t('stock')}</th>
            <th>{t('age')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((offer) => {
            const away = km(offer.storeId);
            return (
              <tr key={offer.id}>
                <td>
                  <bdi>{offer.storeName}</bdi> {offer.storeId === own && <Badge tone="accent">{t('yours')}</Badge>}
                  {offer.storeId !== own && away !== null && (
                    <span className={classes.dim}>{t('km', { n: count(Math.round(away * 10) / 10, locale) })}</span>
                  )}
                </td>
                <td className={page.num}>
                  {offer.price === null ? '–' : money(offer.price, offer.currency, locale)}
                  {!offer.valid && <div className={classes.dim}>{t('notValid')}</div>}
                </td>
                <td>
                  <StockBadge stock={offer.stock} />{' '}
                  {offer.onDisplay && <span className={classes.dim}>{t('onDisplay')}</span>}
                </td>
                <td>
                  <AsOf offer={offer} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
