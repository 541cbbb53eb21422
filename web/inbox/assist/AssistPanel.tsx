import { Button, Menu } from '@mantine/core';
import { IconFileText, IconTag, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rewriting } from '../../../server/assist/schema.ts';
import type { Thread } from '../../../server/threads/schema.ts';
import { useLocale } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useWriting, write } from '../composer/draft.ts';
import { useMay } from '../me/queries.ts';
import { tag } from '../thread/actions.ts';
import classes from './Assist.module.css';
import { rewrite, summarise, useProposals } from './queries.ts';

const styles: Rewriting['style'][] = ['correct', 'shorter', 'kinder', 'formal'];

/** Help with words beside a thread: tags that would fit, the talk in a few lines, the draft in other words. Proposals only. */
export function AssistPanel({ thread }: { thread: Thread }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const may = useMay();
  const writing = useWriting(thread.id);
  const proposals = useProposals(thread.id, thread.lastInboundAt).data;
  const [summary, setSummary] = useState<{ threadId: string; text: string } | null>(null);
  const [before, setBefore] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const run = (name: string, work: () => Promise<void>) => {
    setBusy(name);
    work()
      .catch(showError)
      .finally(() => setBusy(null));
  };
  const tags = (proposals?.tags ?? []).filter((one) => !thread.tags.includes(one));
  return (
    <section className={classes.panel} aria-label={t('assist.title')}>
      {proposals !== undefined && proposals.reason !== 'other' && (
        <span className={classes.reason}>
          {t('assist.reason', { reason: t(`assist.reasons.${proposals.reason}`) })}
        </span>
      )}
      <span className={classes.buttons}>
        {may('threads.write') &&
          tags.map((one) => (
            <Button
              key={one}
              size="compact-xs"
              variant="default"
              leftSection={<IconTag size={13} aria-hidden />}
              onClick={() => void tag(thread, one)}
            >
              {t('assist.tag', { tag: one })}
            </Button>
          ))}
        <Button
          size="compact-xs"
          variant="default"
          loading={busy === 'summary'}
          leftSection={<IconFileText size={13} aria-hidden />}
          onClick={() =>
            run('summary', async () =>
              setSummary({ threadId: thread.id, text: (await summarise(thread.id, locale)).text }),
            )
          }
        >
          {t('assist.summarise')}
        </Button>
        {writing.text.trim() !== '' && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button
                size="compact-xs"
                variant="default"
                loading={busy === 'rewrite'}
                leftSection={<IconWand size={13} aria-hidden />}
              >
                {t('assist.rewrite')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {styles.map((style) => (
                <Menu.Item
                  key={style}
                  onClick={() =>
                    run('rewrite', async () => {
                      const { text } = writing;
                      write(thread.id, { text: (await rewrite(thread.id, { text, style })).text });
                      setBefore(text);
                    })
                  }
                >
                  {t(`assist.styles.${style}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {before !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              write(thread.id, { text: before });
              setBefore(null);
            }}
          >
            {t('assist.undo')}
          </Button>
        )}
      </span>
      {summary !== null && summary.threadId === thread.id && (
        <p className={classes.summary} dir="auto">
          {summary.text}
        </p>
      )}
    </section>
  );
}
