import { ActionIcon, Button, Group, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '../../../../server/reasons/schema.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { useSubmit } from '../../page/useSubmit.ts';
import { saySaved } from '../saySaved.ts';
import { saveReasons } from './queries.ts';
import classes from './Satisfaction.module.css';

/** A row as it is edited; `at` is its place on the screen, whatever it is called. */
interface Line extends Reason {
  at: number;
}

/** The reasons of one kind, each with the words that propose it. */
export function ReasonsForm({
  start,
  others,
  kind,
}: {
  start: Reason[];
  /** The reasons of the other kind, which stay as they are. */
  others: Reason[];
  kind: Reason['kind'];
}) {
  const { t } = useTranslation('settings');
  const next = useRef(start.length);
  const [lines, setLines] = useState<Line[]>(() => start.map((reason, at) => ({ ...reason, at })));
  const change = (at: number, part: Partial<Reason>) =>
    setLines(lines.map((line) => (line.at === at ? { ...line, ...part } : line)));
  const { busy, submit } = useSubmit(
    async () => {
      const mine = lines.map(({ at: _, ...reason }) => reason);
      await saveReasons(kind === 'contact' ? [...mine, ...others] : [...others, ...mine]);
      saySaved();
    },
    { onRefused: showError },
  );
  return (
    <form onSubmit={submit}>
      <ul className={classes.reasons}>
        {lines.map((line) => (
          <li key={line.at} className={classes.reason}>
            <TextInput
              aria-label={t('satisfaction.label')}
              placeholder={t('satisfaction.label')}
              value={line.label}
              required
              maxLength={100}
              dir="auto"
              onChange={(event) => change(line.at, { label: event.currentTarget.value })}
            />
            <TagsInput
              aria-label={t('satisfaction.wordsOf', { name: line.label })}
              placeholder={line.words.length === 0 ? t('satisfaction.words') : ''}
              maxTags={50}
              value={line.words}
              acceptValueOnBlur
              onChange={(words) => change(line.at, { words })}
            />
            <ActionIcon
              aria-label={t('satisfaction.remove', { name: line.label })}
              onClick={() => setLines(lines.filter((other) => other.at !== line.at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setLines([...lines, { at: next.current++, kind, label: '', words: [] }])}
        >
          {t('satisfaction.add')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  );
}
