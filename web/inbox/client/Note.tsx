import { Button, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Client } from '../../../server/clients/schema.ts';
import classes from './Client.module.css';
import { saveNote } from './queries.ts';

/** What is typed and not saved yet, by client, with the note it began with: leaving the thread does not lose it. */
const begun = new Map<string, { note: string; base: string }>();

/** The note about a client. What a colleague saves while one types stands beside it; neither takes the other's place unasked. */
export function Note({ client, writable }: { client: Client; writable: boolean }) {
  const { t } = useTranslation('inbox');
  const stored = client.note;
  const [{ note, base }, setState] = useState(() => begun.get(client.id) ?? { note: stored, base: stored });
  const [busy, setBusy] = useState(false);
  const set = (next: { note: string; base: string }) => {
    if (next.note === next.base) begun.delete(client.id);
    else begun.set(client.id, next);
    setState(next);
  };
  // Who has changed nothing follows what is stored.
  useEffect(() => {
    if (busy) return;
    setState((now) => (now.note === now.base || now.note === stored ? { note: stored, base: stored } : now));
    if (begun.get(client.id)?.note === stored) begun.delete(client.id);
  }, [busy, stored, client.id]);
  const theirs = !busy && note !== base && stored !== base && stored !== note ? stored : null;
  const save = async (text: string, over: string) => {
    set({ note: text, base: over });
    setBusy(true);
    const saved = await saveNote(client.id, text, over);
    setState((now) => (saved ? { ...now, base: text } : now));
    if (saved && begun.get(client.id)?.note === text) begun.delete(client.id);
    setBusy(false);
  };
  return (
    <>
      <Textarea
        size="xs"
        autosize
        minRows={1}
        maxRows={8}
        {...(note === '' ? {} : { dir: 'auto' })}
        label={t('client.note')}
        placeholder={t('client.notePlaceholder')}
        value={note}
        readOnly={!writable}
        onChange={(event) => set({ note: event.currentTarget.value, base })}
        onBlur={() => theirs === null && note !== base && void save(note, base)}
      />
      {theirs !== null && (
        <div className={classes.theirNote} role="alert">
          <strong>{t('client.noteTheirs')}</strong>
          <p dir="auto">{theirs === '' ? t('client.noteEmptied') : theirs}</p>
          <div className={classes.theirButtons}>
            {theirs !== '' && (
              <Button size="compact-xs" variant="light" onClick={() => void save(`${theirs}\n\n${note}`, theirs)}>
                {t('client.noteBoth')}
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={() => void save(note, theirs)}>
              {t('client.noteMine')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => set({ note: theirs, base: theirs })}>
              {t('client.noteTake')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
