import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleVersion } from '../../../server/knowledge/schema.ts';
import { exactTime, useLocale } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useColleagueName } from '../me/queries.ts';
import { Loaded } from '../page/Loaded.tsx';
import { Section } from '../page/Page.tsx';
import { DiffView } from './DiffView.tsx';
import classes from './Knowledge.module.css';
import { restoreVersion, useVersions } from './queries.ts';

/** Every saved state of an article: what changed to the next, and the way back. */
export function Versions({ articleId, writes }: { articleId: string; writes: boolean }) {
  const { t } = useTranslation('knowledge');
  return (
    <Section title={t('versions.title')} text={t('versions.text')}>
      <Loaded query={useVersions(articleId)}>
        {(versions) =>
          versions.length < 2 ? (
            <p className={classes.dim}>{t('versions.none')}</p>
          ) : (
            versions
              .slice(1)
              .map((version, at) => (
                <Version
                  key={version.version}
                  articleId={articleId}
                  version={version}
                  next={versions[at] ?? version}
                  writes={writes}
                />
              ))
          )
        }
      </Loaded>
    </Section>
  );
}

function Version({
  articleId,
  version,
  next,
  writes,
}: {
  articleId: string;
  version: ArticleVersion;
  /** The state that took its place. */
  next: ArticleVersion;
  writes: boolean;
}) {
  const { t } = useTranslation('knowledge');
  const locale = useLocale();
  const nameOf = useColleagueName();
  const [open, setOpen] = useState(false);
  const by = version.byUserId === null ? t('versions.import') : nameOf(version.byUserId);
  return (
    <div className={classes.version}>
      <span>
        {t('versions.one', { n: version.version })} · <time dateTime={version.at}>{exactTime(version.at, locale)}</time>{' '}
        · {t('versions.changedBy', { name: by })}
      </span>
      <span className={classes.versionButtons}>
        <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('versions.diff')}
        </Button>
        {writes && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void restoreVersion(articleId, version.version).catch(showError)}
          >
            {t('versions.restore')}
          </Button>
        )}
      </span>
      {open && <DiffView before={version} after={next} />}
    </div>
  );
}
