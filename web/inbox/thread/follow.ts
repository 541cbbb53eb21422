import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { carryWriting } from '../composer/draft.ts';
import { colleagueName } from '../me/queries.ts';
import { loadThread } from './queries.ts';
import { carrySendings } from './sending.ts';

/** How long it is said, ms: longer than a glance, the screen has changed under its reader. */
const SAID_MS = 15_000;

/**
 * The thread that was open here has been merged into another: what is being written goes along, all of the other is here
 * before the screen changes (no key may fall between the two), and it is said who did it. Throws ApiError when the
 * other thread is not for this user.
 */
export async function followMerge(fromId: string, intoId: string): Promise<void> {
  const [into, carry] = await Promise.all([loadThread(intoId), carryWriting(fromId, intoId)]);
  const by = into.moves.find((move) => move.kind === 'merge' && move.otherId === fromId)?.byUserId ?? null;
  const name = await colleagueName(by);
  const wrote = carry();
  carrySendings(fromId, intoId);
  const subject = into.subject === '' ? into.clientName : into.subject;
  const words = [
    i18next.t(name === '' ? 'inbox:merged.into' : 'inbox:merged.intoBy', { name, subject }),
    ...(wrote ? [i18next.t('inbox:merged.draft')] : []),
  ];
  notifications.show({
    message: words.join(' '),
    autoClose: SAID_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
  });
}
