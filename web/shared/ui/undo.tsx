import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { showError } from './problem.ts';

/** How long an undo is offered, ms. */
const OFFERED_MS = 8000;

/** Says what was done and offers to take it back; `z` takes back the last one. */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const run = () => {
    notifications.hide(id);
    if (last?.id === id) last = null;
    undo().catch(showError);
  };
  last = { id, run };
  notifications.show({
    id,
    autoClose: OFFERED_MS,
    withBorder: true,
    onClose: () => {
      if (last?.id === id) last = null;
    },
    closeButtonProps: { 'aria-label': i18next.t('common:close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>{message}</span>
        <Button variant="subtle" size="compact-sm" onClick={run}>
          {i18next.t('common:undo')}
        </Button>
      </Group>
    ),
  });
}

let last: { id: string; run: () => void } | null = null;

/** Takes back what was offered last; false when nothing is offered. */
export function undoLast(): boolean {
  if (last === null) return false;
  last.run();
  return true;
}
