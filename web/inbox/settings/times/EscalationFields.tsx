import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Escalation } from '../../../../server/targets/schema.ts';
import { useColleagues } from '../../me/queries.ts';
import { useTeams } from '../../me/teams.ts';
import { DurationField } from './DurationField.tsx';
import classes from './Times.module.css';

const actions = ['notify', 'reassign', 'raise', 'webhook'] as const;

/** What happens after the warning or the breach: tell, give on, mark urgent, or call another system. */
export function EscalationFields({
  escalations,
  onChange,
}: {
  escalations: Escalation[];
  onChange: (escalations: Escalation[]) => void;
}) {
  const { t } = useTranslation('times');
  const people = useColleagues().filter((person) => person.active);
  const teams = useTeams();
  const change = (index: number, step: Escalation) =>
    onChange(escalations.map((other, place) => (place === index ? step : other)));
  return (
    <fieldset className={classes.group}>
      <legend>{t('targets.escalations')}</legend>
      {escalations.map((step, index) => {
        const { userId: _, teamId: __, ...rest } = step;
        const to =
          step.userId !== undefined ? `user:${step.userId}` : step.teamId !== undefined ? `team:${step.teamId}` : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the list
          <div key={index} className={classes.step}>
            <Select
              label={t('targets.on')}
              allowDeselect={false}
              w={130}
              value={step.on}
              onChange={(on) => on !== null && change(index, { ...step, on: on as Escalation['on'] })}
              data={[
                { value: 'warning', label: t('targets.onWarning') },
                { value: 'breach', label: t('targets.onBreach') },
              ]}
            />
            <DurationField
              label={t('targets.after')}
              value={step.afterMs}
              onChange={(afterMs) => change(index, { ...step, afterMs: afterMs ?? 0 })}
            />
            <Select
              label={t('targets.action')}
              allowDeselect={false}
              w={150}
              value={step.action}
              onChange={(action) =>
                action !== null &&
                change(index, {
                  ...(action === 'notify' || action === 'reassign' ? step : rest),
                  action: action as Escalation['action'],
                })
              }
              data={actions.map((action) => ({ value: action, label: t(`targets.actions.${action}`) }))}
            />
            {(step.action === 'notify' || step.action === 'reassign') && (
              <Select
                label={t('targets.to')}
                searchable
                clearable={step.action === 'notify'}
                placeholder={t(step.action === 'notify' ? 'targets.supervisors' : 'targets.choose')}
                w={190}
                value={to}
                onChange={(value) => {
                  const [kind, id = ''] = (value ?? '').split(':');
                  change(index, {
                    ...rest,
                    ...(kind === 'user' ? { userId: id } : kind === 'team' ? { teamId: id } : {}),
                  });
                }}
                data={[
                  {
                    group: t('targets.people'),
                    items: people.map((person) => ({ value: `user:${person.id}`, label: person.name })),
                  },
                  {
                    group: t('targets.teams'),
                    items: teams.map((team) => ({ value: `team:${team.id}`, label: team.name })),
                  },
                ]}
                clearButtonProps={{ 'aria-label': t('targets.supervisors') }}
              />
            )}
            <ActionIcon
              aria-label={t('targets.removeStep')}
              onClick={() => onChange(escalations.filter((_step, place) => place !== index))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        mt={8}
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...escalations, { on: 'breach', afterMs: 0, action: 'notify' }])}
      >
        {t('targets.addStep')}
      </Button>
    </fieldset>
  );
}
