import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fileOf } from './queries.ts';
import classes from './Reports.module.css';
import type { Asked } from './search.ts';

/** The same figures for a spreadsheet. */
export function Files({ path, asked, more = {} }: { path: string; asked: Asked; more?: Record<string, string> }) {
  const { t } = useTranslation('reports');
  return (
    <span className={classes.files}>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={fileOf(path, asked, { ...more, format })}
          download
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {format === 'csv' ? t('csv') : 'XLSX'}
        </Button>
      ))}
    </span>
  );
}
