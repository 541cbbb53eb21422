import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportFile } from '../page/ImportFile.tsx';
import page from '../page/Page.module.css';
import { Page, Section } from '../page/Page.tsx';
import { catalogueChanged } from '../settings/stores/queries.ts';
import { Feeds } from './Feeds.tsx';

/** What each file is made of; the names of columns are the same in every language. */
const kinds = [
  {
    kind: 'products',
    accept: '.csv,.jsonl,.ndjson,.xml,.tsv,.txt',
    columns: 'sku,name,brand,category,gtin,groupSku,description,storage_gb,ram_gb,colour,…',
  },
  {
    kind: 'stores',
    accept: '.csv',
    columns: 'code,name,address,city,lat,lon,phone,timezone,hours,holidays,services',
  },
  { kind: 'offers', accept: '.csv', columns: 'sku,store,price,currency,stock,onDisplay,validUntil,asOf' },
  {
    kind: 'rules',
    accept: '.json',
    columns:
      '[{"kind":"warranty","appliesTo":{"brand":"Samsung"},"value":{"months":24},"text":"…","jurisdiction":"DE","validFrom":"2026-01-01"}]',
  },
] as const;

/** Brings products, stores, offers and rules by file, with a report of every row that was not taken. */
export function ImportPlace() {
  const { t } = useTranslation('catalogue');
  const [kind, setKind] = useState<(typeof kinds)[number]['kind']>('products');
  const [onError, setOnError] = useState('abort');
  const chosen = kinds.find((each) => each.kind === kind) ?? kinds[0];
  return (
    <Page title={t('import.title')} lead={t('import.lead')} back={{ to: '/catalogue', label: t('title') }}>
      <SegmentedControl
        aria-label={t('import.what')}
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
        data={kinds.map((each) => ({ value: each.kind, label: t(`import.kinds.${each.kind}`) }))}
        mb="lg"
      />
      <Section title={t(`import.kinds.${kind}`)} text={t(`import.text.${kind}`)}>
        <ImportFile
          key={kind}
          path={`/${kind}/import`}
          accept={chosen.accept}
          hint={
            <>
              {t('import.hint')}
              <code className={page.code} dir="ltr" style={{ marginTop: 8 }}>
                {chosen.columns}
              </code>
            </>
          }
          options={{ onError }}
          onDone={catalogueChanged}
        />
      </Section>
      <Section title={t('import.onError')}>
        <SegmentedControl
          aria-label={t('import.onError')}
          value={onError}
          onChange={setOnError}
          data={(['abort', 'skip'] as const).map((value) => ({ value, label: t(`import.${value}`) }))}
        />
        <p className={page.sectionText} style={{ marginTop: 6 }}>
          {t(`import.${onError}Text`)}
        </p>
      </Section>
      <Feeds />
    </Page>
  );
}
