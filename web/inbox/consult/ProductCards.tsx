import { Button, Group, Skeleton } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer, Product } from '../../../server/catalogue/schema.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { AlternativesTable } from '../catalogue/AlternativesTable.tsx';
import { attributeName, attributeText, shortKeys } from '../catalogue/attributes.ts';
import { CompareToggle } from '../catalogue/Compare.tsx';
import { elsewhere, money, offerAt, priceText } from '../catalogue/offers.ts';
import { useProductsById } from '../catalogue/queries.ts';
import { AsOf, StockBadge } from '../catalogue/Stock.tsx';
import { useStores } from '../settings/stores/queries.ts';
import classes from './Consult.module.css';
import type { Answered } from './queries.ts';

/** Products shown for one answer; more are in the catalogue. */
const shownProducts = 6;
const shownStores = 3;

/** The products an answer speaks of: price, here and near, three lines, what to offer instead. */
export function ProductCards({ answer, storeId }: { answer: Answered; storeId: string | undefined }) {
  const ids = answer.products.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])).slice(0, shownProducts);
  const found = useProductsById(ids);
  if (ids.length === 0) return null;
  return (
    <ul className={classes.cards}>
      {found.map((query, index) => (
        <li key={ids[index]}>
          {query.data === undefined ? (
            <Skeleton className="p-late" height={120} aria-hidden />
          ) : (
            <ProductCard product={query.data} storeId={storeId} alone={ids.length === 1} />
          )}
        </li>
      ))}
    </ul>
  );
}

function ProductCard({ product, storeId, alone }: { product: Product; storeId: string | undefined; alone: boolean }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const stores = useStores().data ?? [];
  const here = offerAt(product, storeId);
  const near = elsewhere(product, storeId, stores).slice(0, shownStores);
  const sold = product.category !== 'tariff';
  const out = sold && (here?.stock ?? 0) === 0;
  const [instead, setInstead] = useState(alone && out);
  const price =
    here?.price != null && here.valid ? money(here.price, here.currency, locale) : priceText(product, locale);
  return (
    <article className={classes.card}>
      <div className={classes.cardHead}>
        <h2>
          <Link to="/catalogue/$productId" params={{ productId: product.id }}>
            <bdi>{product.name}</bdi>
          </Link>
        </h2>
        <span className={classes.price}>{price ?? t('noPrice')}</span>
      </div>
      {sold && (
        <>
          {here !== undefined && (
            <div className={classes.where}>
              <StockBadge stock={here.stock} />
              <bdi>{here.storeName}</bdi>
              {here.onDisplay && <span className={classes.near}>{t('onDisplay')}</span>}
              <AsOf offer={here} />
            </div>
          )}
          {near.length > 0 ? (
            <div className={`${classes.where} ${classes.near}`}>
              {t('near')} {near.map((offer) => nearText(offer, locale)).join(', ')} <AsOf offer={near[0] as Offer} />
            </div>
          ) : (
            out && <div className={`${classes.where} ${classes.near}`}>{t('outEverywhere')}</div>
          )}
        </>
      )}
      <dl className={classes.specs}>
        {shortKeys(product).map((key) => (
          <div key={key}>
            <dt>{attributeName(key, t)}</dt>
            <dd>
              <bdi>{attributeText(key, product.attributes[key], t, locale)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Group gap="xs" mt="sm">
        {sold && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={instead}
            leftSection={<IconArrowsExchange size={15} aria-hidden />}
            onClick={() => setInstead(!instead)}
          >
            {t('alternatives')}
          </Button>
        )}
        <CompareToggle id={product.id} name={product.name} />
      </Group>
      {instead && (
        <div className={classes.instead}>
          <AlternativesTable productId={product.id} storeId={storeId} />
        </div>
      )}
    </article>
  );
}

function nearText(offer: Offer, locale: string): string {
  return `${offer.storeName} (${count(offer.stock ?? 0, locale)})`;
}
