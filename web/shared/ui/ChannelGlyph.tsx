import { type Icon, IconBrandTelegram, IconMail, IconMessageCircle, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const glyphs: Record<string, Icon> = {
  email: IconMail,
  telegram: IconBrandTelegram,
  chat: IconMessageCircle,
  phone: IconPhone,
};

/** By what a message came; named for a screen reader unless the name stands beside it. */
export function ChannelGlyph({ kind, size = 16, named = true }: { kind: string; size?: number; named?: boolean }) {
  const { t } = useTranslation();
  const Glyph = glyphs[kind] ?? IconMessageCircle;
  const label = t(`channels.${kind}`);
  return (
    <Glyph
      size={size}
      stroke={1.7}
      style={{ flex: 'none' }}
      {...(named ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
