import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportFile } from '../page/ImportFile.tsx';
import { Page } from '../page/Page.tsx';
import { articlesChanged } from './queries.ts';

/** Brings articles by file; the same path or id again updates instead of doubling. */
export function ImportPlace() {
  const { t } = useTranslation('knowledge');
  const [skip, setSkip] = useState(true);
  return (
    <Page title={t('import.title')} lead={t('import.lead')} back={{ to: '/knowledge', label: t('title') }}>
      <ImportFile
        path="/articles/import"
        accept=".md,.markdown,.html,.htm,.txt,.csv,.pdf,.docx,.json,.zip"
        hint={t('import.hint')}
        options={{ onError: skip ? 'skip' : 'abort' }}
        onDone={articlesChanged}
      />
      <Switch
        mt="lg"
        label={t('import.skip')}
        description={t('import.skipText')}
        checked={skip}
        onChange={(event) => setSkip(event.currentTarget.checked)}
      />
    </Page>
  );
}
