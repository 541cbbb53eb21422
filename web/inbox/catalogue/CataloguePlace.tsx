import { Button, Select, Switch } from '@mantine/core';
import { IconDeviceMobile, IconFileUpload } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../shared/ui/Empty.tsx';
import { Broken } from '../../shared/ui/ErrorBoundary.tsx';
import { useMay } from '../me/queries.ts';
import { Page } from '../page/Page.tsx';
import { RowsSkeleton } from '../page/RowsSkeleton.tsx';
import { SearchField } from '../page/SearchField.tsx';
import { useStores } from '../settings/stores/queries.ts';
import classes from './Catalogue.module.css';
import { CompareBar } from './Compare.tsx';
import { Facets } from './Facets.tsx';
import { ProductRow } from './ProductRow.tsx';
import { useProducts } from './queries.ts';
import type { ProductSearch } from './search.ts';

const route = getRouteApi('/shell/catalogue');

/** What is sold: found by name, narrowed by category, brand, store and stock. */
export function CataloguePlace() {
  const { t } = useTranslation('catalogue');
  const search: ProductSearch = route.useSearch();
  const navigate = useNavigate();
  const may = useMay();
  const stores = useStores().data ?? [];
  const found = useProducts(search);
  const products = found.data?.pages.flatMap((page) => page.items);
  const go = (change: Partial<Record<keyof ProductSearch, string | true | undefined>>) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
    void navigate({ to: '/catalogue', search: next as ProductSearch, replace: true });
  };
  const narrowed = Object.keys(search).length > 0;
  const importing = may('catalogue.write') && (
    <Button
      component={Link}
      to="/catalogue/import"
      variant="default"
      leftSection={<IconFileUpload size={16} aria-hidden />}
    >
      {t('import.title')}
    </Button>
  );
  return (
    <Page wide title={t('title')} actions={importing}>
      <div className={classes.columns}>
        <section className={classes.facets} aria-label={t('narrow')}>
          <SearchField label={t('search')} start={search.q ?? ''} onLook={(q) => go({ q })} />
          <Select
            aria-label={t('store')}
            placeholder={t('anyStore')}
            value={search.store ?? null}
            data={stores.map((store) => ({ value: store.id, label: store.name }))}
            onChange={(store) => go({ store: store ?? undefined })}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': t('anyStore') }}
          />
          <Switch
            label={t('onlyInStock')}
            checked={search.inStock === true}
            onChange={(event) => go({ inStock: event.currentTarget.checked ? true : undefined })}
          />
          <Facets search={search} onChange={go} />
        </section>
        <div>
          {products === undefined ? (
            found.isError ? (
              <Broken error={found.error} onRetry={() => void found.refetch()} />
            ) : (
              <RowsSkeleton rows={8} />
            )
          ) : products.length === 0 ? (
            <Empty
              icon={<IconDeviceMobile size={28} />}
              title={t(narrowed ? 'noneFound' : 'none')}
              text={t(narrowed ? 'noneFoundText' : 'noneText')}
            >
              {narrowed ? (
                <Button variant="light" component={Link} to="/catalogue">
                  {t('clearAll')}
                </Button>
              ) : (
                importing
              )}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {products.map((product) => (
                <ProductRow key={product.id} product={product} storeId={search.store} />
              ))}
            </ul>
          )}
          {found.hasNextPage && (
            <Button
              variant="subtle"
              mt="sm"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t('more')}
            </Button>
          )}
          <CompareBar />
        </div>
      </div>
    </Page>
  );
}
