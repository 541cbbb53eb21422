import { CloseButton, Loader } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FileName } from '../../shared/ui/FileName.tsx';
import { fileSize, useLocale } from '../../shared/ui/format.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import classes from './Composer.module.css';
import { changeFiles } from './draft.ts';
import type { DraftFile } from './files.ts';

/** Files that will go with the message. */
export function FileList({ threadId, files }: { threadId: string; files: DraftFile[] }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('files.label')}>
      {files.map((file) => (
        <li key={file.key} className={classes.file} data-bad={file.error !== null || undefined}>
          {file.id === null && file.error === null ? (
            <Loader size={12} aria-label={t('files.uploading')} />
          ) : (
            <IconPaperclip size={13} aria-hidden />
          )}
          <FileName name={file.name} />
          <span>{file.error === null ? fileSize(file.sizeBytes, locale) : sayError(file.error)}</span>
          <CloseButton
            size="xs"
            aria-label={t('files.remove', { name: file.name })}
            onClick={() => changeFiles(threadId, (all) => all.filter((each) => each.key !== file.key))}
          />
        </li>
      ))}
    </ul>
  );
}
