import { ActionIcon, Button, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconArrowsExchange, IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Synonym } from '../../../../server/knowledge/schema.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { useConfirm } from '../../page/confirm.tsx';
import { FormDialog } from '../../page/FormDialog.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import classes from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { removeSynonym, saveSynonym, useSynonyms } from './queries.ts';

/** From so many groups on there is a field to look among them. */
const MANY = 8;

/** Words that clients use for what articles and the catalogue call otherwise. */
export function SynonymsSection() {
  const { t } = useTranslation('settings');
  const synonyms = useSynonyms();
  const [editing, setEditing] = useState<Synonym | 'new' | null>(null);
  const [sought, setSought] = useState('');
  const [ask, dialog] = useConfirm();
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('synonyms.make')}
    </Button>
  );
  const has = (one: Synonym) => one.words.some((word) => word.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <Page
      title={t('sections.synonyms')}
      lead={t('synonyms.lead')}
      actions={synonyms.data?.length === 0 ? undefined : make}
    >
      <Loaded query={synonyms}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconArrowsExchange size={28} />} title={t('synonyms.none')} text={t('synonyms.noneText')}>
              {make}
            </Empty>
          ) : (
            <Stack gap="md">
              {items.length > MANY && (
                <TextInput
                  aria-label={t('synonyms.find')}
                  placeholder={t('synonyms.find')}
                  leftSection={<IconSearch size={16} aria-hidden />}
                  value={sought}
                  onChange={(event) => setSought(event.currentTarget.value)}
                  maw={320}
                />
              )}
              <ul className={classes.rows}>
                {items.filter(has).map((one) => (
                  <Row
                    key={one.id}
                    synonym={one}
                    onEdit={() => setEditing(one)}
                    onRemove={() =>
                      ask({
                        title: t('synonyms.removeNamed', { words: one.words.join(', ') }),
                        text: t('synonyms.removeText'),
                        action: t('synonyms.remove'),
                        run: () => removeSynonym(one.id),
                      })
                    }
                  />
                ))}
              </ul>
            </Stack>
          )
        }
      </Loaded>
      {editing !== null && (
        <SynonymForm synonym={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {dialog}
    </Page>
  );
}

function Row({ synonym, onEdit, onRemove }: { synonym: Synonym; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation('settings');
  const [first, ...others] = synonym.words;
  const words = synonym.words.join(', ');
  return (
    <li className={classes.row}>
      <span className={classes.rowMain}>
        <span className={classes.rowName}>
          <bdi>{first}</bdi>
        </span>
        <span className={classes.rowDim}>
          {others.map((word, at) => (
            <Fragment key={word}>
              {at > 0 && ' · '}
              <bdi>{word}</bdi>
            </Fragment>
          ))}
        </span>
      </span>
      <span className={classes.rowEnd}>
        <ActionIcon aria-label={t('synonyms.editNamed', { words })} title={t('synonyms.edit')} onClick={onEdit}>
          <IconPencil size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('synonyms.removeNamed', { words })} title={t('synonyms.remove')} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </span>
    </li>
  );
}

function SynonymForm({ synonym, onClose }: { synonym: Synonym | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [words, setWords] = useState(synonym?.words ?? []);
  const save = () => saveSynonym(synonym?.id ?? null, words);
  return (
    <FormDialog
      title={t(synonym === null ? 'synonyms.make' : 'synonyms.edit')}
      label={t('common:save')}
      disabled={words.length < 2}
      act={save}
      onClose={onClose}
    >
      <TagsInput
        openOnFocus={false}
        label={t('synonyms.words')}
        description={t('synonyms.wordsText')}
        placeholder={words.length === 0 ? t('synonyms.example') : ''}
        value={words}
        onChange={setWords}
        maxTags={20}
        splitChars={[',', ';']}
        acceptValueOnBlur
        data-autofocus
      />
    </FormDialog>
  );
}
