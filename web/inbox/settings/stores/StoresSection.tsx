import { Button, Collapse } from '@mantine/core';
import { IconBuildingStore, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { useMay } from '../../me/queries.ts';
import { Badge } from '../../page/Badge.tsx';
import { ImportFile } from '../../page/ImportFile.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import page from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { catalogueChanged, useStores } from './queries.ts';
import { StoreHours } from './StoreHours.tsx';
import classes from './Stores.module.css';

/** The shops: address, hours in words, services; brought by a file. */
export function StoresSection() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const stores = useStores();
  const [importing, setImporting] = useState(false);
  const writes = may('catalogue.write');
  const open = writes && (
    <Button
      variant={importing ? 'light' : 'filled'}
      leftSection={<IconFileUpload size={16} aria-hidden />}
      aria-expanded={importing}
      onClick={() => setImporting(!importing)}
    >
      {t('stores.import')}
    </Button>
  );
  return (
    <Page title={t('sections.stores')} lead={t('stores.lead')} actions={open}>
      <Collapse expanded={importing}>
        <div style={{ paddingBottom: 24 }}>
          <ImportFile
            path="/stores/import"
            accept=".csv,text/csv"
            hint={
              <>
                {t('stores.hint')}
                <code className={page.code} dir="ltr" style={{ marginTop: 8 }}>
                  code,name,address,city,lat,lon,phone,timezone,hours,holidays,services
                </code>
              </>
            }
            onDone={catalogueChanged}
          />
        </div>
      </Collapse>
      <Loaded query={stores}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconBuildingStore size={28} />} title={t('stores.none')} text={t('stores.noneText')}>
              {!importing && open}
            </Empty>
          ) : (
            items.map((store) => (
              <article key={store.id} className={classes.store}>
                <div>
                  <h2 className={classes.name}>
                    <bdi>{store.name}</bdi>
                    <Badge>{store.code}</Badge>
                  </h2>
                  <p className={classes.dim}>
                    <bdi>{[store.address, store.city].filter(Boolean).join(', ')}</bdi>
                  </p>
                  {store.phone !== '' && (
                    <p className={classes.dim}>
                      <bdi dir="ltr">{store.phone}</bdi>
                    </p>
                  )}
                  {store.services.length > 0 && (
                    <div className={classes.services}>
                      {store.services.map((service) => (
                        <Badge key={service}>{service}</Badge>
                      ))}
                    </div>
                  )}
                </div>
                <StoreHours hours={store.hours} />
              </article>
            ))
          )
        }
      </Loaded>
    </Page>
  );
}
