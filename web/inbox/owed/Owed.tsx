import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconMessageQuestion, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientPromise } from '../../../server/promises/schema.ts';
import type { ColleagueRequest } from '../../../server/requests/schema.ts';
import type { Thread } from '../../../server/threads/schema.ts';
import { ago, shortDateTime, useLocale, useNow } from '../../shared/ui/format.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { useColleagueName, useMay, useMe } from '../me/queries.ts';
import { HoldAnswer } from '../promises/HoldAnswer.tsx';
import { Hint } from '../shell/Hint.tsx';
import { useKeys } from '../shell/keys.ts';
import { AskForm } from './AskForm.tsx';
import { CallForm } from './CallForm.tsx';
import classes from './Owed.module.css';
import { PromiseForm } from './PromiseForm.tsx';
import { answer, settle, unsettle, usePromises, useRequests, withdraw } from './queries.ts';

/** What is owed here: promises to the client, questions to colleagues; each with its clock. */
export function Owed({ clientId, thread }: { clientId: string; thread: Pick<Thread, 'id'> | null }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const promises = usePromises(clientId);
  const requests = useRequests(thread?.id ?? null);
  const [form, setForm] = useState<'promise' | 'ask' | 'call' | null>(null);
  const writable = may('threads.write');
  useKeys([
    { keys: 'p p', run: () => writable && setForm('promise') },
    { keys: 'p a', run: () => writable && thread !== null && setForm('ask') },
  ]);
  if (!writable && promises.length === 0 && requests.length === 0) return null;
  // Beside a thread it stands under the client's heading, on the client's page it is a part of its own.
  const Heading = thread === null ? 'h2' : 'h3';
  return (
    <section className={classes.section} aria-label={t('owed.title')}>
      <Heading className={classes.title}>{t('owed.title')}</Heading>
      {(promises.length > 0 || requests.length > 0) && (
        <ul className={classes.list}>
          {requests.map((request) => (
            <li key={request.id}>
              <RequestLine request={request} />
            </li>
          ))}
          {promises.map((each) => (
            <li key={each.id}>
              <PromiseLine promise={each} />
            </li>
          ))}
        </ul>
      )}
      {writable && form === null && (
        <div className={classes.buttons}>
          <Button size="compact-xs" variant="default" onClick={() => setForm('promise')}>
            {t('owed.promise')}
          </Button>
          {thread !== null && (
            <Button size="compact-xs" variant="default" onClick={() => setForm('ask')}>
              {t('owed.ask')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={() => setForm('call')}>
            {t('call.title')}
          </Button>
        </div>
      )}
      {form === 'call' && (
        <CallForm to={thread === null ? { clientId } : { threadId: thread.id }} onClose={() => setForm(null)} />
      )}
      {form === 'promise' && (
        <PromiseForm to={thread === null ? { clientId } : { threadId: thread.id }} onClose={() => setForm(null)} />
      )}
      {form === 'ask' && thread !== null && <AskForm threadId={thread.id} onClose={() => setForm(null)} />}
    </section>
  );
}

function PromiseLine({ promise }: { promise: ClientPromise }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const nameOf = useColleagueName();
  const may = useMay();
  const awaitsStore = promise.confirmBy !== null && promise.confirmedAt === null;
  const done = (state: 'kept' | 'cancelled') =>
    settle(promise.id, state).then(
      () => offerUndo(t(`owed.${state}`), () => unsettle(promise.id)),
      (error) => showError(error),
    );
  return (
    <div className={classes.line} data-late={promise.late || undefined}>
      <IconCircleDashed size={15} aria-hidden />
      <span className={classes.words}>
        <span className={classes.what}>{t(`owed.kind.${promise.kind}`)}</span>
        {promise.storeName !== null && <bdi>{promise.storeName}</bdi>}
        {promise.text !== '' && <bdi>{promise.text}</bdi>}
        <Due at={promise.dueAt} late={promise.late} />
        {promise.ownerId !== null && promise.ownerId !== me.id && (
          <span className={classes.dim}>{nameOf(promise.ownerId)}</span>
        )}
        {awaitsStore && may('threads.write') && (
          <span className={classes.buttons}>
            <HoldAnswer promise={promise} />
          </span>
        )}
      </span>
      {may('threads.write') && !awaitsStore && (
        <>
          <Hint label={t('owed.keep')}>
            <ActionIcon size={24} aria-label={t('owed.keep')} onClick={() => void done('kept')}>
              <IconCheck size={15} />
            </ActionIcon>
          </Hint>
          <Hint label={t('owed.cancel')}>
            <ActionIcon size={24} aria-label={t('owed.cancel')} onClick={() => void done('cancelled')}>
              <IconX size={15} />
            </ActionIcon>
          </Hint>
        </>
      )}
    </div>
  );
}

function RequestLine({ request }: { request: ColleagueRequest }) {
  const { t } = useTranslation('inbox');
  const me = useMe();
  const [answering, setAnswering] = useState(false);
  const mine = request.askedById === me.id;
  return (
    <div className={classes.line} data-late={request.late || undefined}>
      <IconMessageQuestion size={15} aria-hidden />
      <span className={classes.words}>
        <span className={classes.what}>{t('owed.waitingFor', { name: request.to })}</span>
        <bdi>{request.text}</bdi>
        <Due at={request.dueAt} late={request.late} />
        {answering ? (
          <form
            className={classes.answer}
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get('text')).trim();
              if (text !== '') void answer(request.id, text).catch(showError);
            }}
          >
            {/* biome-ignore lint/a11y/noAutofocus: it appears because its reader asked to type here */}
            <textarea name="text" rows={2} aria-label={t('owed.answer')} dir="auto" autoFocus />
            <Button type="submit" size="compact-xs">
              {t('owed.answer')}
            </Button>
          </form>
        ) : (
          <Button size="compact-xs" variant="subtle" className={classes.small ?? ''} onClick={() => setAnswering(true)}>
            {t('owed.answer')}
          </Button>
        )}
      </span>
      {mine && (
        <Hint label={t('owed.withdraw')}>
          <ActionIcon
            size={24}
            aria-label={t('owed.withdraw')}
            onClick={() => void withdraw(request.id).catch(showError)}
          >
            <IconX size={15} />
          </ActionIcon>
        </Hint>
      )}
    </div>
  );
}

function Due({ at, late }: { at: string | null; late: boolean }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const now = useNow();
  if (at === null) return null;
  return (
    <time className={classes.due} data-late={late || undefined} dateTime={at} title={shortDateTime(at, locale)}>
      {t(late ? 'owed.late' : 'owed.due', { when: ago(at, locale, now) })}
    </time>
  );
}
