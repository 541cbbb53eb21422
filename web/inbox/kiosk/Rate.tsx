import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconCloudOff, IconLinkOff } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, get, put } from '../../shared/api.ts';
import { changeLocale, locales } from '../../shared/i18n/i18n.ts';
import { Empty } from '../../shared/ui/Empty.tsx';
import { sayError } from '../../shared/ui/sayError.ts';
import { accentOf } from '../shop/accent.ts';
import { useShop } from '../shop/queries.ts';
import { ShopMark } from '../shop/ShopMark.tsx';

interface Asked {
  subject: string;
  language: string;
  score: number | null;
  comment: string;
}

/** A client says how it was: one press is enough, words are welcome. */
export function Rate() {
  const { t } = useTranslation('live');
  const { token } = useParams({ strict: false }) as { token: string };
  const [asked, setAsked] = useState<Asked | null>(null);
  const [gone, setGone] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [thanked, setThanked] = useState(false);
  const shop = useShop();
  useEffect(() => {
    get<Asked>(`/ratings/${token}`).then(
      async (answer) => {
        const spoken = locales.find(({ code }) => answer.language.toLowerCase().startsWith(code));
        if (spoken !== undefined) await changeLocale(spoken.code);
        setAsked(answer);
      },
      (failed: unknown) =>
        failed instanceof ApiError && failed.status === 404 ? setGone(true) : setError(sayError(failed)),
    );
  }, [token]);
  const say = (change: Partial<Asked>) => {
    if (asked === null) return;
    const next = { ...asked, ...change };
    setAsked(next);
    if (next.score === null) return;
    put(`/ratings/${token}`, { score: next.score, comment: next.comment }).then(
      () => {
        setThanked(true);
        setError(null);
      },
      (failed: unknown) => setError(sayError(failed)),
    );
  };
  if (gone || (error !== null && asked === null))
    return (
      <main style={{ height: '100dvh' }}>
        {gone ? (
          <Empty icon={<IconLinkOff size={28} />} title={t('rate.gone')} text={t('rate.goneText')} order={1} />
        ) : (
          <Empty icon={<IconCloudOff size={28} />} title={error ?? ''} order={1}>
            <Button variant="light" onClick={() => window.location.reload()}>
              {t('common:broken.again')}
            </Button>
          </Empty>
        )}
      </main>
    );
  if (asked === null) return null;
  return (
    <main style={accentOf(shop)}>
      <Stack align="center" gap="lg" p="xl" maw={440} mx="auto" mt="10vh">
        {(shop.name !== '' || shop.logoUrl !== null) && <ShopMark />}
        <Title order={1} fz="lg" ta="center">
          {t('rate.title')}
        </Title>
        {asked.subject !== '' && (
          <Text c="dimmed" ta="center">
            <bdi>{asked.subject}</bdi>
          </Text>
        )}
        <Group gap="xs" role="radiogroup" aria-label={t('rate.title')} wrap="nowrap">
          {[1, 2, 3, 4, 5].map((score) => (
            <Button
              key={score}
              role="radio"
              aria-checked={asked.score === score}
              variant={asked.score === score ? 'filled' : 'default'}
              size="lg"
              px="md"
              aria-label={t(`rate.${score}`)}
              onClick={() => say({ score })}
            >
              {score.toLocaleString(document.documentElement.lang)}
            </Button>
          ))}
        </Group>
        <Group justify="space-between" w="100%" maw={300}>
          <Text size="sm">{t('rate.1')}</Text>
          <Text size="sm">{t('rate.5')}</Text>
        </Group>
        {asked.score !== null && (
          <Textarea
            w="100%"
            autosize
            minRows={3}
            dir="auto"
            label={t('rate.comment')}
            defaultValue={asked.comment}
            onBlur={(event) =>
              event.currentTarget.value !== asked.comment && say({ comment: event.currentTarget.value })
            }
          />
        )}
        <Text role={error === null ? 'status' : 'alert'}>{error ?? (thanked ? t('rate.thanks') : '')}</Text>
      </Stack>
    </main>
  );
}
