import { ActionIcon, Select } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThreadReason } from '../../../server/reasons/schema.ts';
import { showError } from '../../shared/ui/problem.ts';
import { useMay } from '../me/queries.ts';
import owed from '../owed/Owed.module.css';
import { useReasons } from '../settings/satisfaction/queries.ts';
import { Hint } from '../shell/Hint.tsx';
import { settleReason, useProductName, useProductsNamed, useThreadReasons } from './queries.ts';

/** Why the client came, or is unhappy: what the words propose, confirmed or refused by a colleague. */
export function ThreadReasons({ threadId }: { threadId: string }) {
  const { t } = useTranslation('inbox');
  const may = useMay();
  const writable = may('threads.write');
  const told = (useThreadReasons(threadId).data ?? []).filter((reason) => reason.state !== 'refused');
  const list = useReasons().data ?? [];
  if (list.length === 0 && told.length === 0) return null;
  const others = list.filter((reason) => told.every((known) => known.reasonId !== reason.id));
  return (
    <section className={owed.section} aria-label={t('reasons.title')}>
      <h3 className={owed.title}>{t('reasons.title')}</h3>
      {told.length > 0 && (
        <ul className={owed.list}>
          {told.map((reason) => (
            <li key={reason.reasonId}>
              <Line threadId={threadId} reason={reason} writable={writable} />
            </li>
          ))}
        </ul>
      )}
      {writable && others.length > 0 && (
        <Select
          // Chosen is added, and the field is empty again.
          key={told.length}
          size="xs"
          searchable
          aria-label={t('reasons.add')}
          placeholder={t('reasons.add')}
          data={(['dissatisfaction', 'contact'] as const)
            .map((kind) => ({
              group: t(`reasons.${kind}`),
              items: others
                .filter((reason) => reason.kind === kind)
                .map((reason) => ({ value: reason.id ?? '', label: reason.label })),
            }))
            .filter((group) => group.items.length > 0)}
          onChange={(id) => id !== null && void settleReason(threadId, id, { state: 'confirmed' }).catch(showError)}
        />
      )}
    </section>
  );
}

function Line({ threadId, reason, writable }: { threadId: string; reason: ThreadReason; writable: boolean }) {
  const { t } = useTranslation('inbox');
  const settle = (state: 'confirmed' | 'refused') =>
    void settleReason(threadId, reason.reasonId, { state, productId: reason.productId }).catch(showError);
  const proposed = reason.state === 'proposed';
  return (
    <div className={owed.line}>
      {proposed ? <IconQuestionMark size={15} aria-hidden /> : <IconCheck size={15} aria-hidden />}
      <span className={owed.words}>
        <bdi className={owed.what}>{reason.label}</bdi>
        <span className={owed.dim}>{t(proposed ? 'reasons.proposed' : `reasons.${reason.kind}`)}</span>
        {reason.kind === 'dissatisfaction' && !proposed && (
          <About threadId={threadId} reason={reason} writable={writable} />
        )}
      </span>
      {writable && proposed && (
        <Hint label={t('reasons.confirm')}>
          <ActionIcon
            size={24}
            aria-label={t('reasons.confirmNamed', { name: reason.label })}
            onClick={() => settle('confirmed')}
          >
            <IconCheck size={15} />
          </ActionIcon>
        </Hint>
      )}
      {writable && (
        <Hint label={t('reasons.refuse')}>
          <ActionIcon
            size={24}
            aria-label={t('reasons.refuseNamed', { name: reason.label })}
            onClick={() => settle('refused')}
          >
            <IconX size={15} />
          </ActionIcon>
        </Hint>
      )}
    </div>
  );
}

/** Which product a complaint is about. */
function About({ threadId, reason, writable }: { threadId: string; reason: ThreadReason; writable: boolean }) {
  const { t } = useTranslation('inbox');
  const name = useProductName(reason.productId);
  const [words, setWords] = useState('');
  const found = useProductsNamed(words).data ?? [];
  if (!writable || reason.productId !== null) return name === null ? null : <bdi>{name}</bdi>;
  return (
    <Select
      size="xs"
      searchable
      aria-label={t('reasons.product')}
      placeholder={t('reasons.product')}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
      data={found.map((product) => ({ value: product.id, label: product.name }))}
      onChange={(productId) =>
        productId !== null &&
        void settleReason(threadId, reason.reasonId, { state: 'confirmed', productId }).catch(showError)
      }
    />
  );
}
