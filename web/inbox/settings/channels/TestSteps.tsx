import { Loader } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelTest } from '../../../../server/channels/schema.ts';
import classes from './Channels.module.css';

/** What the test of a connection tried and how each step went, in words. */
export function TestSteps({ result }: { result: ChannelTest | null }) {
  const { t } = useTranslation('settings');
  return (
    <div role="status">
      {result === null ? (
        <p className={classes.testing}>
          <Loader size={14} aria-hidden /> {t('test.running')}
        </p>
      ) : (
        <ol className={classes.steps}>
          {result.steps.map((step) => (
            <li key={step.name} data-ok={step.ok}>
              {step.ok ? (
                <IconCheck size={16} role="img" aria-label={t('test.ok')} />
              ) : (
                <IconX size={16} role="img" aria-label={t('test.failed')} />
              )}
              <span>
                <strong>{t(`test.steps.${step.name}`, { defaultValue: step.name })}</strong>
                <span dir="auto">{step.message}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
