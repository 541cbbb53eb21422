import { Button, Group, type MantineSpacing } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The last row of a dialog: leave it, or do what it is for. */
export function FormButtons({
  label,
  busy,
  disabled = false,
  mt = 0,
  onCancel,
  onAct,
}: {
  /** The verb on the button. */
  label: string;
  busy: boolean;
  disabled?: boolean;
  /** The space above, where no stack keeps it. */
  mt?: MantineSpacing;
  onCancel: () => void;
  /** What the button does where no form is around it to be submitted. */
  onAct?: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt={mt}>
      <Button variant="default" onClick={onCancel}>
        {t('common:cancel')}
      </Button>
      <Button loading={busy} disabled={disabled} {...(onAct === undefined ? { type: 'submit' } : { onClick: onAct })}>
        {label}
      </Button>
    </Group>
  );
}
