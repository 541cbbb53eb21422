import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ListTime } from '../../shared/ui/Time.tsx';
import classes from './Consult.module.css';
import { useRecentConsults } from './queries.ts';

const examples = ['stock', 'analogue', 'tariff', 'warranty'] as const;

/** Before a question: what was asked last, or what can be asked. */
export function Recent({ onAsk }: { onAsk: (question: string) => void }) {
  const { t } = useTranslation('consult');
  const recent = useRecentConsults().data ?? [];
  if (recent.length === 0)
    return (
      <section aria-label={t('examples')}>
        <h2 className={classes.heading}>{t('examples')}</h2>
        <ul className={classes.examples}>
          {examples.map((example) => (
            <li key={example}>
              <Button variant="default" size="compact-md" onClick={() => onAsk(t(`example.${example}`))}>
                {t(`example.${example}`)}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    );
  return (
    <section aria-label={t('recent')}>
      <h2 className={classes.heading}>{t('recent')}</h2>
      <ul className={classes.recent}>
        {recent.map((consult) => (
          <li key={consult.id}>
            <Link
              to="/consult"
              search={{ q: consult.question, ...(consult.storeId === null ? {} : { store: consult.storeId }) }}
            >
              <span className={classes.line}>
                <bdi className="p-ellipsis">{consult.question}</bdi>
                <ListTime at={consult.createdAt} />
              </span>
              <span className={`${classes.short} p-ellipsis p-line`} dir="auto">
                {consult.text ?? t('noAnswer')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
