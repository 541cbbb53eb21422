import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconCalendarTime, IconSend2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Hint } from '../shell/Hint.tsx';
import { ChooseTime } from '../thread/ChooseTime.tsx';
import { MomentItems } from '../thread/MomentItems.tsx';
import classes from './Composer.module.css';

/** Now, or at a chosen time. */
export function SendButtons({
  note,
  disabled,
  onSend,
}: {
  note: boolean;
  disabled: boolean;
  onSend: (sendAt?: Date) => void;
}) {
  const { t } = useTranslation('inbox');
  const [choosing, setChoosing] = useState(false);
  return (
    <Group gap={4} wrap="nowrap">
      {!note && (
        <Menu position="top-end" width={260}>
          <Menu.Target>
            <ActionIcon size={28} disabled={disabled} aria-label={t('composer.later')} title={t('composer.later')}>
              <IconCalendarTime size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('composer.later')}</Menu.Label>
            <MomentItems onChoose={onSend} onOther={() => setChoosing(true)} />
          </Menu.Dropdown>
        </Menu>
      )}
      {choosing && (
        <ChooseTime
          title={t('composer.later')}
          onClose={() => setChoosing(false)}
          onChoose={(at) => {
            setChoosing(false);
            onSend(at);
          }}
        />
      )}
      <Hint label={t(note ? 'composer.saveNote' : 'composer.send')} keys="Ctrl Enter">
        <Button
          type="submit"
          size="compact-md"
          disabled={disabled}
          className={note ? (classes.noteSend ?? '') : ''}
          leftSection={note ? undefined : <IconSend2 size={16} className="p-mirror" aria-hidden />}
        >
          {t(note ? 'composer.saveNote' : 'composer.send')}
        </Button>
      </Hint>
    </Group>
  );
}
