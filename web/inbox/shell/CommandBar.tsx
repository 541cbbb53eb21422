import '@mantine/spotlight/styles.layer.css';
import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import {
  IconAlertTriangle,
  IconBolt,
  IconBook2,
  IconDeviceMobile,
  IconMessage,
  IconMessages,
  IconMoon,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../shared/api.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import { useMay } from '../me/queries.ts';
import { sections } from '../settings/sections.ts';
import { type Command, commands } from './keys.ts';
import { places } from './places.ts';
import { WithKey } from './WithKey.tsx';

const [store, bar] = createSpotlight();

/** Ctrl+K: go anywhere, do anything, find everything. */
export function CommandBar({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['common', 'settings']);
  const navigate = useNavigate();
  const may = useMay();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [words, setWords] = useState('');
  const [doing] = useState<Command[]>(commands);
  const found = useFound(words);
  useEffect(() => bar.open(), []);
  const wanted = words.trim().toLocaleLowerCase();
  const fits = (label: string) => label.toLocaleLowerCase().includes(wanted);
  const other = colorScheme === 'dark' ? 'light' : 'dark';
  const groups: { name: string; items: Item[] }[] = [
    {
      name: 'places',
      items: places
        .filter((place) => may(place.permission) && fits(t(`places.${place.name}`)))
        .map((place) => ({
          id: place.name,
          label: t(`places.${place.name}`),
          icon: <place.icon size={18} aria-hidden />,
          keys: `g ${place.key}`,
          run: () => void navigate({ to: place.to }),
        })),
    },
    {
      name: 'settings',
      // The bar opens quiet: the single settings come with the first word.
      items: sections
        .filter((section) => wanted !== '' && (section.permission === null || may(section.permission)))
        .map((section) => ({ section, label: t(`settings:sections.${section.name}`) }))
        .filter(({ label }) => fits(label))
        .map(({ section, label }) => ({
          id: `settings ${section.name}`,
          label,
          icon: <section.icon size={18} aria-hidden />,
          run: () => void navigate({ to: section.to }),
        })),
    },
    {
      name: 'actions',
      items: [
        ...doing.map((command) => ({
          id: command.keys,
          label: command.label,
          icon: <IconBolt size={18} aria-hidden />,
          keys: command.keys,
          // After the bar has given the focus back: the command may move it.
          run: () => setTimeout(command.run, 150),
        })),
        {
          id: 'scheme',
          label: t(`command.scheme.${other}`),
          icon: other === 'dark' ? <IconMoon size={18} aria-hidden /> : <IconSun size={18} aria-hidden />,
          run: () => setColorScheme(other),
        },
      ].filter((item) => fits(item.label)),
    },
    ...found.groups.map(({ kind, items }) => ({
      name: kind,
      items: items.map((item) => ({
        id: `${kind} ${item.id}`,
        label: item.label,
        description: item.description,
        icon: kindIcons[kind],
        run: () => void navigate({ href: item.href }),
      })),
    })),
  ];
  const shown = groups.filter((group) => group.items.length > 0);
  return (
    <Spotlight.Root
      store={store}
      query={words}
      onQueryChange={setWords}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      onSpotlightClose={onClose}
      transitionProps={{ duration: 80 }}
      centered={false}
      yOffset="12vh"
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      attributes={{ content: { 'aria-label': t('command.open') } }}
    >
      <Spotlight.Search
        placeholder={t('command.placeholder')}
        aria-label={t('command.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList aria-label={t('command.open')}>
        {shown.map((group) => (
          <Spotlight.ActionsGroup key={group.name} label={t(`command.groups.${group.name}`)}>
            {group.items.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.label}
                {...(item.description === undefined ? {} : { description: item.description })}
                leftSection={item.icon}
                rightSection={item.keys === undefined ? null : <WithKey label="" keys={item.keys} />}
                onClick={item.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.error !== null && (
          <div role="alert">
            <Spotlight.Action
              label={sayError(found.error)}
              leftSection={<IconAlertTriangle size={18} color="var(--p-red)" aria-hidden />}
              rightSection={<span>{t('retry')}</span>}
              closeSpotlightOnTrigger={false}
              onClick={found.retry}
            />
          </div>
        )}
        {shown.length === 0 && found.error === null && (
          <Spotlight.Empty>{found.isLooking ? t('loading') : t('command.nothing', { query: words })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Item {
  id: string;
  label: string;
  description?: string;
  icon: ReactNode;
  keys?: string;
  run: () => void;
}

type Kind = 'clients' | 'threads' | 'messages' | 'articles' | 'products';
const kinds: Kind[] = ['clients', 'threads', 'messages', 'articles', 'products'];
const kindIcons: Record<Kind, ReactNode> = {
  clients: <IconUser size={18} aria-hidden />,
  threads: <IconMessages size={18} aria-hidden />,
  messages: <IconMessage size={18} aria-hidden />,
  articles: <IconBook2 size={18} aria-hidden />,
  products: <IconDeviceMobile size={18} aria-hidden />,
};

/** What GET /search gives of each kind; only what is shown here. */
interface Found {
  id: string;
  threadId?: string;
  name?: string;
  title?: string;
  subject?: string;
  clientName?: string;
  text?: string;
  preview?: string;
}

/** What is found for the words; an error is one, and not nothing found. */
function useFound(words: string) {
  const [q] = useDebouncedValue(words.trim(), 150);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => get<Partial<Record<Kind, Found[]>>>('/search', { q, in: kinds.join(',') }, signal),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    groups: q.length < 2 || data === undefined ? [] : grouped(data),
    error: q.length < 2 || isFetching ? null : error,
    isLooking: isFetching || q !== words.trim(),
    retry: () => void refetch(),
  };
}

function grouped(data: Partial<Record<Kind, Found[]>>) {
  return kinds.map((kind) => ({
    kind,
    items: (data[kind] ?? []).slice(0, 5).map((item) => ({
      id: item.id,
      label: item.name ?? item.title ?? item.clientName ?? item.subject ?? '',
      description: [item.clientName === undefined ? undefined : item.subject, item.text ?? item.preview]
        .filter((part) => part !== undefined && part !== '')
        .join(' – ')
        .slice(0, 140),
      href: hrefOf(kind, item),
    })),
  }));
}

function hrefOf(kind: Kind, item: Found): string {
  switch (kind) {
    case 'clients':
      return `/clients/${item.id}`;
    case 'threads':
      return `/t/${item.id}`;
    case 'messages':
      return `/t/${item.threadId ?? ''}`;
    case 'articles':
      return `/knowledge/${item.id}`;
    case 'products':
      return `/catalogue/${item.id}`;
  }
}
