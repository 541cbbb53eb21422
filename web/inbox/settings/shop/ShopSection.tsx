import { Button, ColorInput, FileButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shop } from '../../../../server/shop/schema.ts';
import { showError } from '../../../shared/ui/problem.ts';
import { FormError } from '../../page/FormError.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import { Page, Section } from '../../page/Page.tsx';
import { useSubmit } from '../../page/useSubmit.ts';
import { editShop, setLogo, useShopSettings } from '../../shop/queries.ts';
import { ShopMark } from '../../shop/ShopMark.tsx';
import { saySaved } from '../saySaved.ts';
import { swatches } from '../swatches.ts';

/** How the shop is called and looks to its clients. */
export function ShopSection() {
  const { t } = useTranslation('settings');
  const shop = useShopSettings();
  return (
    <Page title={t('sections.shop')} lead={t('shop.lead')}>
      <Loaded query={shop}>
        {(data) => (
          <Stack gap="xl">
            <NameForm shop={data} />
            <Logo shop={data} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function NameForm({ shop }: { shop: Shop }) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState(shop.name);
  const [accent, setAccent] = useState(shop.accent ?? '');
  const { busy, error, submit } = useSubmit(async () => {
    await editShop({ name, accent: accent === '' ? null : accent });
    saySaved(t('shop.saved'));
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={420}>
        <FormError text={error} />
        <TextInput
          label={t('shop.name')}
          description={t('shop.nameText')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          dir="auto"
        />
        <ColorInput
          label={t('shop.accent')}
          description={t('shop.accentText')}
          value={accent}
          onChange={setAccent}
          format="hex"
          swatches={swatches}
          swatchesPerRow={8}
          eyeDropperButtonProps={{ 'aria-label': t('chat.pick') }}
        />
        <Group>
          <Button type="submit" loading={busy}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Logo({ shop }: { shop: Shop }) {
  const { t } = useTranslation('settings');
  const take = (file: File | null) => {
    if (file !== null) setLogo(file).catch(showError);
  };
  return (
    <Section title={t('shop.logo')} text={t('shop.logoText')}>
      <Stack gap="md" align="flex-start">
        {shop.logoUrl === null ? (
          <Text size="sm" c="dimmed">
            {t('shop.noLogo')}
          </Text>
        ) : (
          <ShopMark />
        )}
        <Group gap="sm">
          <FileButton accept="image/png,image/jpeg,image/webp,image/gif" onChange={take}>
            {(props) => (
              <Button variant="default" {...props}>
                {t(shop.logoUrl === null ? 'shop.choose' : 'shop.change')}
              </Button>
            )}
          </FileButton>
          {shop.logoUrl !== null && (
            <Button variant="subtle" color="gray" onClick={() => setLogo(null).catch(showError)}>
              {t('shop.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
