import type { Message } from '../../../server/threads/schema.ts';
import { clockTime, exactTime, useLocale } from '../../shared/ui/format.ts';
import classes from './Message.module.css';

/** Something that happened, said by Parley itself: small and quiet. */
export function SystemLine({ message }: { message: Message }) {
  const locale = useLocale();
  return (
    <p className={classes.system}>
      <bdi>{message.text}</bdi>
      <time dateTime={message.receivedAt} title={exactTime(message.receivedAt, locale)}>
        {clockTime(message.receivedAt, locale)}
      </time>
    </p>
  );
}
