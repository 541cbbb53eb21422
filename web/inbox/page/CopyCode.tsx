import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Page.module.css';

/** Something to be put elsewhere letter by letter: a link, a key, a tag. */
export function CopyCode({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.copy}>
      <output className={classes.code} dir="ltr" aria-label={label}>
        {value}
      </output>
      <CopyButton value={value} timeout={2000}>
        {({ copied, copy }) => (
          <Button
            variant={copied ? 'light' : 'default'}
            leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            onClick={copy}
          >
            {t(copied ? 'copied' : 'copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
