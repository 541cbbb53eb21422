import { TextInput } from '@mantine/core';
import { IconChevronLeft, IconSearch } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../me/queries.ts';
import { GuardedOutlet } from '../shell/Guard.tsx';
import { useKeys } from '../shell/keys.ts';
import classes from './Settings.module.css';
import { type SettingsSection, sections } from './sections.ts';

/** The settings: a list with a search over everything that can be set, and the page one chose. */
export function SettingsPlace() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ keys: '/', run: () => field.current?.select() }]);
  const shown = sections.filter((section) => section.permission === null || may(section.permission));
  const wanted = words.trim().toLocaleLowerCase();
  const found = wanted === '' ? null : shown.flatMap((section) => findIn(section, wanted, t));
  const openFirst = (event: KeyboardEvent) => {
    const first = found?.[0];
    if (event.key === 'Enter' && first !== undefined) void navigate({ to: first.section.to });
    if (event.key === 'Escape') setWords('');
  };
  // On a phone the list stands alone and is the page.
  const Heading = pathname === '/settings' ? 'h1' : 'h2';
  return (
    <div className={classes.place} data-inside={pathname !== '/settings' || undefined}>
      <nav className={classes.nav} aria-label={t('title')}>
        <Heading className={classes.heading}>{t('title')}</Heading>
        <TextInput
          ref={field}
          type="search"
          size="sm"
          className={classes.search ?? ''}
          value={words}
          placeholder={t('search')}
          aria-label={t('search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={openFirst}
        />
        {found === null ? (
          <ul className={classes.list}>
            {shown.map((section, at) => (
              // What is one's own stands apart from what is everybody's.
              <li
                key={section.name}
                className={at > 0 && section.own && !shown[at - 1]?.own ? classes.apart : undefined}
              >
                <SectionLink section={section} />
              </li>
            ))}
          </ul>
        ) : (
          <ul className={classes.list}>
            {found.map(({ section, what }) => (
              <li key={`${section.name} ${what}`}>
                <SectionLink section={section} what={what} onOpen={() => setWords('')} />
              </li>
            ))}
          </ul>
        )}
        {found?.length === 0 && <p className={classes.none}>{t('nothing', { words })}</p>}
      </nav>
      <div className={classes.content}>
        {/* A page under a page leads back to that one by itself. */}
        {pathname.split('/').length === 3 && (
          <Link to="/settings" className={classes.up}>
            <IconChevronLeft size={14} className="p-mirror" aria-hidden />
            {t('title')}
          </Link>
        )}
        <GuardedOutlet />
      </div>
    </div>
  );
}

function SectionLink({ section, what, onOpen }: { section: SettingsSection; what?: string; onOpen?: () => void }) {
  const { t } = useTranslation('settings');
  const name = t(`sections.${section.name}`);
  return (
    <Link to={section.to} className={classes.link} {...(onOpen === undefined ? {} : { onClick: onOpen })}>
      <section.icon size={18} stroke={1.7} aria-hidden />
      {what === undefined || what === name ? (
        name
      ) : (
        <span>
          {what}
          <span className={classes.where}>{name}</span>
        </span>
      )}
    </Link>
  );
}

/** What of a page fits the words: the page itself, or single things on it by their name or by what people call them. */
function findIn(section: SettingsSection, wanted: string, t: (key: string) => string) {
  const fits = (text: string) => text.toLocaleLowerCase().includes(wanted);
  const name = t(`sections.${section.name}`);
  if (fits(name)) return [{ section, what: name }];
  return section.finds
    .filter((key) => fits(t(`find.${key}.name`)) || fits(t(`find.${key}.also`)))
    .map((key) => ({ section, what: t(`find.${key}.name`) }));
}
