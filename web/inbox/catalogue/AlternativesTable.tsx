import { Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { localFigures, useLocale } from '../../shared/ui/format.ts';
import page from '../page/Page.module.css';
import classes from './Catalogue.module.css';
import { offerAt, priceText, totalStock } from './offers.ts';
import { useAlternatives } from './queries.ts';
import { StockBadge } from './Stock.tsx';

/** What to offer instead, each with why; a short table. */
export function AlternativesTable({ productId, storeId }: { productId: string; storeId: string | undefined }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const found = useAlternatives(productId, storeId);
  if (found.data === undefined) return <Skeleton className="p-late" height={64} aria-hidden />;
  if (found.data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('noAlternatives')}
      </Text>
    );
  return (
    <div className={page.tableWrap}>
      <table className={page.table}>
        <thead>
          <tr>
            <th>{t('instead')}</th>
            <th className={page.num}>{t('price')}</th>
            <th>{t(storeId === undefined ? 'stock' : 'here')}</th>
          </tr>
        </thead>
        <tbody>
          {found.data.map(({ product, reasons }) => (
            <tr key={product.id}>
              <td>
                <Link to="/catalogue/$productId" params={{ productId: product.id }} className={classes.link}>
                  <bdi>{product.name}</bdi>
                </Link>
                <div className={classes.dim}>{localFigures(reasons.join(' · '), locale)}</div>
              </td>
              <td className={page.num}>{priceText(product, locale) ?? t('noPrice')}</td>
              <td>
                <StockBadge
                  stock={storeId === undefined ? totalStock(product) : (offerAt(product, storeId)?.stock ?? 0)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
