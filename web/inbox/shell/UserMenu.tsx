import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeLocale, currentLocale, locales } from '../../shared/i18n/i18n.ts';
import { Person } from '../../shared/ui/Person.tsx';
import { showError } from '../../shared/ui/problem.ts';
import { editMe, signOut, useMe } from '../me/queries.ts';
import { PresenceMenu } from '../presence/PresenceMenu.tsx';

const schemes = [
  { value: 'light', Icon: IconSun },
  { value: 'dark', Icon: IconMoon },
  { value: 'auto', Icon: IconDeviceDesktop },
] as const;

/** Who is signed in; colours, language, signing out. `named` says who, where there is room. */
export function UserMenu({ named = false }: { named?: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const checked = (yes: boolean) => (yes ? <IconCheck size={14} aria-hidden /> : null);
  return (
    <Menu position={named ? 'top-start' : 'right-end'} width={220}>
      <Menu.Target>
        <UnstyledButton
          {...(named ? {} : { 'aria-label': t('me.menu', { name: me.name }) })}
          p={4}
          style={{ borderRadius: 20, display: 'flex', alignItems: 'center', gap: 12 }}
        >
          <Person name={me.name} size={30} />
          {named && (
            <span>
              <bdi style={{ fontWeight: 600 }}>{me.name}</bdi> · {t(`roles.${me.role}`)}
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {t(`roles.${me.role}`)}
        </Menu.Label>
        <PresenceMenu />
        <Menu.Divider />
        <Menu.Label>{t('me.scheme')}</Menu.Label>
        {schemes.map(({ value, Icon }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={checked(colorScheme === value)}
            aria-current={colorScheme === value}
            onClick={() => {
              setColorScheme(value);
              editMe({ preferences: { scheme: value } }).catch(showError);
            }}
          >
            {t(`me.schemes.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('me.language')}</Menu.Label>
        {locales.map(({ code, name }) => (
          <Menu.Item
            key={code}
            lang={code}
            leftSection={<IconLanguage size={16} aria-hidden />}
            rightSection={checked(currentLocale() === code)}
            aria-current={currentLocale() === code}
            onClick={() => {
              void changeLocale(code);
              editMe({ locale: code }).catch(showError);
            }}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} aria-hidden />}>
          {t('places.settings')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} className="p-mirror" aria-hidden />}
          onClick={() => void signOut()}
        >
          {t('me.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
