import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconPhoneCall, IconPhoneIncoming, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../server/calls/schema.ts';
import { duration, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useMe } from '../me/queries.ts';
import { useSubmit } from '../page/useSubmit.ts';
import { ThreadLink } from '../thread/ThreadLink.tsx';
import classes from './Calls.module.css';
import { useCallsNow, writeNote } from './queries.ts';
import { About, Who } from './Who.tsx';

/** So long a call that is over stays on the screen to be written down, ms; afterwards it is among the calls. */
const LINGERS_MS = 90_000;

/**
 * Who rings now, and whom I talk to: a line a call above every screen, so that it covers nothing one works in, until it
 * is over and written down, or put away.
 */
export function CallCards() {
  const { t } = useTranslation('calls');
  const me = useMe();
  const { data } = useCallsNow();
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const calls = (data?.items ?? []).filter((call) => concerns(call, me.id) && !putAway.has(`${call.id} ${call.state}`));
  if (calls.length === 0) return null;
  return (
    <section className={classes.cards} aria-label={t('now')}>
      {calls.slice(0, 3).map((call) => (
        <CallCard
          key={call.id}
          call={call}
          onClose={() => setPutAway(new Set([...putAway, `${call.id} ${call.state}`]))}
        />
      ))}
    </section>
  );
}

/** Mine, or one that rings for nobody in particular and is no colleague's client. */
function concerns(call: Call, meId: string): boolean {
  if (call.userId !== null) return call.userId === meId && (call.direction === 'inbound' || call.state !== 'ringing');
  return call.state === 'ringing' && call.direction === 'inbound' && (call.ownerId ?? meId) === meId;
}

function CallCard({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const now = useNow();
  const [noting, setNoting] = useState(false);
  const rings = call.state === 'ringing';
  const since = Date.parse(call.answeredAt ?? call.startedAt);
  const until = call.endedAt === null ? Math.max(now, since) : Date.parse(call.endedAt);
  if (call.endedAt !== null && !noting && now - until > LINGERS_MS) return null;
  return (
    <article className={classes.card} data-rings={rings || undefined} aria-label={t(`state.${call.state}`)}>
      <div className={classes.cardLine}>
        {rings ? <IconPhoneIncoming size={18} aria-hidden /> : <IconPhoneCall size={18} aria-hidden />}
        <span className={classes.cardState} role={rings ? 'alert' : 'status'}>
          {t(`state.${call.state}`)} · <span className={classes.time}>{duration(until - since, locale)}</span>
        </span>
        <span className={`${classes.cardWho} p-ellipsis`}>
          <Who call={call} />
        </span>
        <span className={`${classes.cardAbout} p-ellipsis`}>
          <About call={call} />
        </span>
        {call.threadId !== null && (
          <ThreadLink threadId={call.threadId} className={classes.open}>
            {t('openThread')}
          </ThreadLink>
        )}
        {!rings && (
          <Button
            size="compact-xs"
            variant="default"
            className={classes.noteButton ?? ''}
            aria-expanded={noting}
            onClick={() => setNoting(!noting)}
          >
            {t('note')}
          </Button>
        )}
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('putAway')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {noting && !rings && <Note call={call} onDone={onClose} />}
    </article>
  );
}

/** What was said; while one talks it is kept, after the call it puts the card away. */
function Note({ call, onDone }: { call: Call; onDone: () => void }) {
  const { t } = useTranslation('calls');
  const [note, setNote] = useState(call.note);
  const { busy, submit } = useSubmit(
    async () => {
      await writeNote(call.id, note);
      if (call.state === 'ended') onDone();
    },
    { onRefused: showError },
  );
  return (
    <form className={classes.note} onSubmit={submit}>
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        aria-label={t('note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-xs" loading={busy} disabled={note === call.note}>
        {t('save')}
      </Button>
    </form>
  );
}
