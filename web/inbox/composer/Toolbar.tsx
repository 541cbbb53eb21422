import { ActionIcon, FileButton } from '@mantine/core';
import { IconBlockquote, IconBold, IconItalic, IconLink, IconList, IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Selected, toggleMark, togglePrefix } from '../../shared/formatting.ts';
import { Hint } from '../shell/Hint.tsx';
import classes from './Composer.module.css';

const tools = [
  { name: 'bold', Icon: IconBold, keys: 'Ctrl B', by: (selected: Selected) => toggleMark(selected, '**') },
  { name: 'italic', Icon: IconItalic, keys: 'Ctrl I', by: (selected: Selected) => toggleMark(selected, '_') },
  { name: 'list', Icon: IconList, keys: undefined, by: (selected: Selected) => togglePrefix(selected, '- ') },
  { name: 'quote', Icon: IconBlockquote, keys: undefined, by: (selected: Selected) => togglePrefix(selected, '> ') },
  { name: 'link', Icon: IconLink, keys: undefined, by: link },
] as const;

/** Simple formatting and files. */
export function Toolbar({
  onFormat,
  onAttach,
}: {
  onFormat: (by: (selected: Selected) => Selected) => void;
  onAttach: (files: File[]) => void;
}) {
  const { t } = useTranslation('inbox');
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('composer.formatting')}>
      {tools.map(({ name, Icon, keys, by }) => (
        <Hint key={name} label={t(`composer.tool.${name}`)} keys={keys}>
          <ActionIcon size={28} aria-label={t(`composer.tool.${name}`)} onClick={() => onFormat(by)}>
            <Icon size={16} />
          </ActionIcon>
        </Hint>
      ))}
      <FileButton multiple onChange={onAttach} inputProps={{ 'aria-label': t('composer.tool.attach') }}>
        {(props) => (
          <Hint label={t('composer.tool.attach')}>
            <ActionIcon size={28} aria-label={t('composer.tool.attach')} {...props}>
              <IconPaperclip size={16} />
            </ActionIcon>
          </Hint>
        )}
      </FileButton>
    </div>
  );
}

function link({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end);
  const isAddress = /^https?:\/\//.test(words);
  const made = isAddress ? `[](${words})` : `[${words}](https://)`;
  const at = isAddress ? start + 1 : start + made.length - 1;
  return { text: text.slice(0, start) + made + text.slice(end), start: at, end: at };
}
