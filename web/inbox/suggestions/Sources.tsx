import { UnstyledButton } from '@mantine/core';
import {
  IconBook2,
  IconBuildingStore,
  IconDeviceMobile,
  IconGavel,
  IconQuote,
  IconTag,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../../../server/consult/schema.ts';
import { ago, exactTime, useLocale, useNow } from '../../shared/ui/format.ts';
import classes from './Suggestions.module.css';

const icons: Record<string, typeof IconBook2> = {
  passage: IconBook2,
  offer: IconTag,
  product: IconDeviceMobile,
  rule: IconGavel,
  store: IconBuildingStore,
  lookup: IconTruckDelivery,
};

/** What an answer stands on: chips with title and age; each opens in place with the words quoted. */
export function Sources({ citations }: { citations: Citation[] | Record<string, unknown>[] }) {
  const { t } = useTranslation('inbox');
  const [openId, setOpenId] = useState<string | null>(null);
  const all = citations as Citation[];
  // One chip a thing, however many of its words are quoted.
  const sources = all.filter((source, index) => all.findIndex((each) => keyOf(each) === keyOf(source)) === index);
  const shown = sources.find((source) => keyOf(source) === openId);
  if (sources.length === 0) return null;
  return (
    <div className={classes.sources}>
      <ul className={classes.chips} aria-label={t('suggestion.sources')}>
        {sources.map((source) => (
          <li key={keyOf(source)}>
            <Chip
              source={source}
              open={keyOf(source) === openId}
              onToggle={() => setOpenId(keyOf(source) === openId ? null : keyOf(source))}
            />
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <blockquote className={classes.quote}>
          <IconQuote size={14} aria-hidden />
          {all
            .filter((each) => keyOf(each) === openId)
            .map((each) => (
              <mark key={each.quote} dir="auto">
                {each.quote}
              </mark>
            ))}
          {shown.articleId !== undefined && (
            <a href={`/knowledge/${shown.articleId}`} target="_blank" rel="noreferrer">
              {t('suggestion.openArticle')}
            </a>
          )}
        </blockquote>
      )}
    </div>
  );
}

function Chip({ source, open, onToggle }: { source: Citation; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const now = useNow();
  const Icon = icons[source.kind] ?? IconQuote;
  return (
    <UnstyledButton className={classes.chip} aria-expanded={open} onClick={onToggle}>
      <Icon size={13} aria-hidden />
      <bdi>
        {source.kind === 'rule' ? t(`suggestion.rules.${source.title}`, { defaultValue: source.title }) : source.title}
      </bdi>
      {source.asOf !== null && (
        <time dateTime={source.asOf} title={exactTime(source.asOf, locale)}>
          {ago(source.asOf, locale, now)}
        </time>
      )}
    </UnstyledButton>
  );
}

function keyOf(source: Citation): string {
  return `${source.kind} ${source.id} ${source.title}`;
}
