import { ActionIcon, Group, Modal, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../server/threads/schema.ts';
import { FileName } from '../../shared/ui/FileName.tsx';
import { count, fileSize, useLocale } from '../../shared/ui/format.ts';
import classes from './Attachments.module.css';

const shown = /^image\/(png|jpe?g|gif|webp|avif)$/;

/** Files of a message: pictures as pictures, sound and video to play, the rest by name and size. */
export function Attachments({ files }: { files: Attachment[] }) {
  const [open, setOpen] = useState<Attachment | null>(null);
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <li key={file.id}>
          {shown.test(file.type) ? (
            <Picture file={file} onOpen={() => setOpen(file)} />
          ) : file.type.startsWith('audio/') ? (
            // biome-ignore lint/a11y/useMediaCaption: a client's voice message has none
            <audio controls preload="none" src={file.url} className={classes.audio} aria-label={file.name} />
          ) : file.type.startsWith('video/') ? (
            // biome-ignore lint/a11y/useMediaCaption: a client's video has none
            <video controls preload="metadata" src={file.url} className={classes.video} aria-label={file.name} />
          ) : (
            <FileCard file={file} />
          )}
        </li>
      ))}
      {open !== null && (
        <Preview
          file={open}
          pictures={files.filter((file) => shown.test(file.type))}
          onTurn={setOpen}
          onClose={() => setOpen(null)}
        />
      )}
    </ul>
  );
}

function Picture({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const { t } = useTranslation('inbox');
  const [broken, setBroken] = useState(false);
  if (broken) return <FileCard file={file} />;
  return (
    <UnstyledButton className={classes.picture} onClick={onOpen} aria-label={t('files.open', { name: file.name })}>
      <img src={file.url} alt={file.name} loading="lazy" onError={() => setBroken(true)} />
    </UnstyledButton>
  );
}

function FileCard({ file }: { file: Attachment }) {
  const locale = useLocale();
  const size = fileSize(file.sizeBytes, locale);
  const Icon = iconOf(file.type);
  return (
    <a className={classes.file} href={file.url} target="_blank" rel="noreferrer" title={file.name}>
      <Icon size={22} stroke={1.5} aria-hidden />
      {/* Seen in two parts, of which the first may be cut; said whole. */}
      <VisuallyHidden>{file.name}</VisuallyHidden>
      <span className={classes.fileName}>
        <span aria-hidden>
          <FileName name={file.name} />
        </span>
        <small>{size}</small>
      </span>
    </a>
  );
}

function Preview({
  file,
  pictures,
  onTurn,
  onClose,
}: {
  file: Attachment;
  /** All of the message, to leaf through by the arrow keys or buttons. */
  pictures: Attachment[];
  onTurn: (file: Attachment) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  const at = pictures.findIndex((each) => each.id === file.id);
  const turn = (by: number) => {
    const next = pictures[at + by];
    if (next !== undefined) onTurn(next);
  };
  // The left arrow leads back where one reads from the left, forth where from the right.
  const forth = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  return (
    <Modal
      opened
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') turn(event.key === forth ? 1 : -1);
      }}
      size="auto"
      title={
        <>
          <FileName name={file.name} /> · {fileSize(file.sizeBytes, locale)}
        </>
      }
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <img src={file.url} alt={file.name} className={classes.large} />
      {pictures.length > 1 && (
        <Group justify="center" gap={4} mt={4}>
          <ActionIcon disabled={at === 0} onClick={() => turn(-1)} aria-label={t('files.previous')}>
            <IconChevronLeft size={18} className="p-mirror" />
          </ActionIcon>
          <span className="p-tabular">
            {count(at + 1, locale)} / {count(pictures.length, locale)}
          </span>
          <ActionIcon disabled={at === pictures.length - 1} onClick={() => turn(1)} aria-label={t('files.next')}>
            <IconChevronRight size={18} className="p-mirror" />
          </ActionIcon>
        </Group>
      )}
      <a href={file.url} download={file.name} className={classes.download}>
        <IconDownload size={16} aria-hidden />
        {t('files.download')}
      </a>
    </Modal>
  );
}

function iconOf(type: string) {
  if (type === 'application/pdf') return IconFileTypePdf;
  if (/sheet|excel|csv/.test(type)) return IconFileSpreadsheet;
  if (/zip|compressed|tar/.test(type)) return IconFileZip;
  if (/text|word|document/.test(type)) return IconFileText;
  return IconFile;
}
