import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../server/catalogue/schema.ts';
import { useLocale } from '../../shared/ui/format.ts';
import { attributeText, shortKeys } from './attributes.ts';
import classes from './Catalogue.module.css';
import { CompareToggle } from './Compare.tsx';
import { offerAt, priceText, totalStock } from './offers.ts';
import { StockBadge } from './Stock.tsx';

/** A product in a list: what tells most of it, its price, how many there are. */
export function ProductRow({ product, storeId }: { product: Product; storeId: string | undefined }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const shops = product.offers.filter((each) => (each.stock ?? 0) > 0).length;
  const specs = shortKeys(product).map((key) => attributeText(key, product.attributes[key], t, locale));
  return (
    <li className={classes.product}>
      <div className={classes.productMain}>
        <Link to="/catalogue/$productId" params={{ productId: product.id }} className={classes.productName}>
          <bdi>{product.name}</bdi>
        </Link>
        <p className={classes.dim}>{[product.brand, ...specs].filter(Boolean).join(' · ')}</p>
      </div>
      <span className={classes.price}>
        {priceText(product, locale) ?? <span className={classes.dim}>{t('noPrice')}</span>}
      </span>
      {product.category !== 'tariff' && (
        <span className={classes.stock}>
          <StockBadge stock={storeId === undefined ? totalStock(product) : (offerAt(product, storeId)?.stock ?? 0)} />
          {storeId === undefined && shops > 0 && <span className={classes.dim}> {t('inShops', { count: shops })}</span>}
        </span>
      )}
      <CompareToggle id={product.id} name={product.name} />
    </li>
  );
}
