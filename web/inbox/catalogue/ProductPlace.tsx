import { Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../../server/catalogue/schema.ts';
import { ApiError } from '../../shared/api.ts';
import { useLocale } from '../../shared/ui/format.ts';
import { useMe } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Page, Section } from '../page/Page.tsx';
import { Missing } from '../shell/Missing.tsx';
import { AlternativesTable } from './AlternativesTable.tsx';
import { attributeKeys, attributeName, attributeText } from './attributes.ts';
import classes from './Catalogue.module.css';
import { CompareBar, CompareToggle } from './Compare.tsx';
import { Offers } from './Offers.tsx';
import { OldPrices } from './OldPrices.tsx';
import { priceText } from './offers.ts';
import { useProduct } from './queries.ts';

const route = getRouteApi('/shell/catalogue/$productId');

/** A product: what it is, where it is and for how much, what stands in for it. */
export function ProductPlace() {
  const { productId } = route.useParams();
  const found = useProduct(productId);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  return <Loaded query={found}>{(product) => <Shown product={product} />}</Loaded>;
}

function Shown({ product }: { product: Product }) {
  const { t } = useTranslation('catalogue');
  const locale = useLocale();
  const own = useMe().storeIds[0];
  const keys = attributeKeys([product]);
  return (
    <Page
      title={<bdi>{product.name}</bdi>}
      lead={[product.brand, t(`categories.${product.category}`, { defaultValue: product.category }), product.sku]
        .filter(Boolean)
        .join(' · ')}
      back={{ to: '/catalogue', label: t('title') }}
      actions={
        <>
          <Text fz={20} fw={600} className="p-tabular">
            {priceText(product, locale) ?? t('noPrice')}
          </Text>
          <CompareToggle id={product.id} name={product.name} />
        </>
      }
    >
      {product.description !== '' && (
        <Text mb="xl" maw={640} className="p-line" dir="auto">
          {product.description}
        </Text>
      )}
      <Section title={t('offers')}>
        <Offers product={product} own={own} />
        <OldPrices productId={product.id} />
      </Section>
      {product.category !== 'tariff' && (
        <Section title={t('alternatives')} text={t('alternativesText')}>
          <AlternativesTable productId={product.id} storeId={own} />
        </Section>
      )}
      {keys.length > 0 && (
        <Section title={t('facts')}>
          <dl className={classes.attributes}>
            {keys.map((key) => (
              <div key={key}>
                <dt>{attributeName(key, t)}</dt>
                <dd>
                  <bdi>{attributeText(key, product.attributes[key], t, locale)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      <CompareBar />
    </Page>
  );
}
