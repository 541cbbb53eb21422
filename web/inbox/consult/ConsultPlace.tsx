import { ActionIcon, Button, Select } from '@mantine/core';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../shared/ui/format.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import { CompareBar } from '../catalogue/Compare.tsx';
import { useMe } from '../me/queries.ts';
import { useStores } from '../settings/stores/queries.ts';
import { useKeys } from '../shell/keys.ts';
import { AnswerCard } from './AnswerCard.tsx';
import classes from './Consult.module.css';
import { ProductCards } from './ProductCards.tsx';
import { type Asked, useConsult } from './queries.ts';
import { Recent } from './Recent.tsx';
import { useLasting } from './useLasting.ts';

const route = getRouteApi('/shell/consult');

/** At the counter: one field, and the answer with what it stands on. */
export function ConsultPlace() {
  const { t } = useTranslation('consult');
  const locale = useLocale();
  const me = useMe();
  const navigate = useNavigate();
  const search = route.useSearch();
  const stores = useStores().data ?? [];
  const store = search.store ?? me.storeIds[0];
  const asked: Asked | null =
    search.q === undefined
      ? null
      : { q: search.q, ...(store && { store }), ...(search.product && { product: search.product }) };
  const answer = useConsult(asked, locale);
  const [words, setWords] = useState(search.q ?? '');
  const field = useRef<HTMLInputElement>(null);
  const began = useLasting(answer.data?.consultId);
  useKeys([{ keys: '/', run: () => field.current?.select() }]);
  useEffect(() => setWords(search.q ?? ''), [search.q]);

  const go = (q: string, more: { store?: string | undefined; product?: string | undefined } = {}) => {
    const kept = more.store ?? search.store;
    void navigate({
      to: '/consult',
      search: {
        ...(q.trim() === '' ? {} : { q: q.trim() }),
        ...(kept === undefined ? {} : { store: kept }),
        ...(more.product === undefined ? {} : { product: more.product }),
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(words);
    field.current?.select();
  };

  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1 className={classes.title}>{t('title')}</h1>
        <form className={classes.ask} onSubmit={submit}>
          <div className={classes.field}>
            <IconSearch size={20} stroke={1.7} aria-hidden />
            <input
              ref={field}
              className={classes.input}
              type="search"
              enterKeyHint="search"
              value={words}
              onChange={(event) => {
                began();
                setWords(event.currentTarget.value);
              }}
              placeholder={t('field')}
              aria-label={t('field')}
              dir="auto"
              // biome-ignore lint/a11y/noAutofocus: the place is this field; whoever comes here types
              autoFocus
            />
            <ActionIcon type="submit" size={40} variant="filled" color="accent" aria-label={t('ask')} title={t('ask')}>
              <IconArrowRight size={20} className="p-mirror" />
            </ActionIcon>
          </div>
          <div className={classes.below}>
            {stores.length > 0 && (
              <Select
                size="xs"
                variant="unstyled"
                aria-label={t('store')}
                placeholder={t('anyStore')}
                value={store ?? null}
                data={stores.map((each) => ({ value: each.id, label: each.name }))}
                onChange={(value) => go(search.q ?? '', { store: value ?? undefined, product: search.product })}
                searchable
                w={180}
              />
            )}
            <span>{answer.data !== undefined && asked !== null && t('took', { ms: answer.data.tookMs })}</span>
          </div>
        </form>
        {asked === null ? (
          <Recent onAsk={go} />
        ) : answer.isError ? (
          <div className={classes.answer} role="alert">
            <p>{sayError(answer.error)}</p>
            <Button variant="light" onClick={() => void answer.refetch()}>
              {t('common:retry')}
            </Button>
          </div>
        ) : (
          answer.data !== undefined && (
            <div role="status" style={{ display: 'contents' }}>
              <AnswerCard
                answer={answer.data}
                onChoose={(option) =>
                  go(option.productId === undefined ? option.label : asked.q, { product: option.productId })
                }
              />
              <ProductCards answer={answer.data} storeId={store} />
              <CompareBar />
            </div>
          )
        )}
      </div>
    </div>
  );
}
