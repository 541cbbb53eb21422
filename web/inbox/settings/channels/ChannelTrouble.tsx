import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { useLocale, useNow } from '../../../shared/ui/format.ts';
import classes from './Channels.module.css';
import { healthWords } from './health.ts';

/** What is wrong with a channel, each way; nothing when all is well. */
export function ChannelTrouble({ channel }: { channel: Channel }) {
  const { t } = useTranslation('settings');
  const { troubles } = healthWords(channel, t, useLocale(), useNow());
  return troubles.map((trouble) => (
    <p
      key={trouble}
      className={classes.trouble}
      data-tone={channel.health.state === 'failed' ? 'red' : 'amber'}
      role="status"
      dir="auto"
    >
      {trouble}
    </p>
  ));
}
