import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortDateTime, useLocale } from '../../shared/ui/format.ts';
import { moments } from './moments.ts';

/** In a menu: the moments people mean by "later", the nearest first, and the way to another one. */
export function MomentItems({ onChoose, onOther }: { onChoose: (at: Date) => void; onOther: () => void }) {
  const { t } = useTranslation('inbox');
  const locale = useLocale();
  return (
    <>
      {moments(new Date()).map(({ name, at }) => (
        <Menu.Item
          key={name}
          rightSection={
            <span style={{ color: 'var(--p-dim)', fontSize: 12 }}>{shortDateTime(at.toISOString(), locale)}</span>
          }
          onClick={() => onChoose(at)}
        >
          {t(`moment.${name}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={onOther}>{t('moment.other')}</Menu.Item>
    </>
  );
}
