import { ActionIcon, Switch } from '@mantine/core';
import { IconArrowsDiff, IconX } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../server/catalogue/schema.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { useLocale } from '../../shared/ui/format.ts';
import { useMe } from '../me/queries.ts';
import page from '../page/Page.module.css';
import { Page } from '../page/Page.tsx';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { attributeKeys, attributeName, attributeText } from './attributes.ts';
import classes from './Catalogue.module.css';
import { MOST_COMPARED, toggleCompared } from './compared.ts';
import { offerAt, priceText, totalStock } from './offers.ts';
import { useProductsById } from './queries.ts';
import { StockBadge } from './Stock.tsx';

const route = getRouteApi('/shell/catalogue/compare');

/** Up to four products side by side, what differs marked. */
export function ComparePlace() {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const navigate = useNavigate();
  const own = useMe().storeIds[0];
  const { ids = '' } = route.useSearch();
  const wanted = ids.split(',').filter(Boolean).slice(0, MOST_COMPARED);
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const found = useProductsById(wanted);
  const products = found.flatMap((query) => (query.data === undefined ? [] : [query.data]));
  const back = { to: '/catalogue', label: t('title') };
  if (wanted.length === 0)
    return (
      <Page title={t('comparison')} back={back}>
        <Empty icon={<IconArrowsDiff size={28} />} title={t('compareNone')} text={t('compareNoneText')} />
      </Page>
    );
  const drop = (id: string) => {
    toggleCompared(id);
    const left = wanted.filter((each) => each !== id);
    void navigate({ to: '/catalogue/compare', search: { ids: left.join(',') }, replace: true });
  };
  const rows: { key: string; name: string; cell: (product: Product) => string }[] = [
    { key: 'price', name: t('price'), cell: (product) => priceText(product, locale) ?? t('noPrice') },
    ...attributeKeys(products)
      .filter((key) => key !== 'model')
      .map((key) => ({
        key,
        name: attributeName(key, t),
        cell: (product: Product) => attributeText(key, product.attributes[key], t, locale),
      })),
  ];
  const differs = (row: (typeof rows)[number]) => new Set(products.map(row.cell)).size > 1;
  return (
    <Page
      wide
      title={t('comparison')}
      back={back}
      actions={
        <Switch
          label={t('onlyDifferent')}
          checked={onlyDifferent}
          onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
        />
      }
    >
      {found.some((query) => query.isPending) ? (
        <RowsSkeleton rows={8} />
      ) : (
        <div className={page.tableWrap}>
          <table className={`${page.table} ${classes.compare}`}>
            <thead>
              <tr>
                <th>
                  <span className={classes.unseen}>{t('facts')}</span>
                </th>
                {products.map((product) => (
                  <th key={product.id} scope="col">
                    <Link to="/catalogue/$productId" params={{ productId: product.id }} className={classes.link}>
                      <bdi>{product.name}</bdi>
                    </Link>{' '}
                    <ActionIcon
                      size={24}
                      aria-label={t('dropNamed', { name: product.name })}
                      onClick={() => drop(product.id)}
                    >
                      <IconX size={14} />
                    </ActionIcon>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{t(own === undefined ? 'stock' : 'here')}</td>
                {products.map((product) => (
                  <td key={product.id}>
                    <StockBadge stock={own === undefined ? totalStock(product) : (offerAt(product, own)?.stock ?? 0)} />
                  </td>
                ))}
              </tr>
              {rows
                .filter((row) => !onlyDifferent || differs(row))
                .map((row) => (
                  <tr key={row.key} data-differs={differs(row) || undefined}>
                    <td>{row.name}</td>
                    {products.map((product) => (
                      <td key={product.id}>
                        <bdi>{row.cell(product)}</bdi>
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
