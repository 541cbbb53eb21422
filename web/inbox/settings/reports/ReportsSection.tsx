import { ActionIcon, Button, Group, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { IconMailForward, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewSchedule, ReportSchedule } from '../../../../server/reports/schema.ts';
import { get, post, put, remove } from '../../../shared/api.ts';
import { Empty } from '../../../shared/ui/Empty.tsx';
import { shortDateTime, useLocale } from '../../../shared/ui/format.ts';
import { useMe } from '../../me/queries.ts';
import { useConfirm } from '../../page/confirm.tsx';
import { FormDialog } from '../../page/FormDialog.tsx';
import { Loaded } from '../../page/Loaded.tsx';
import page from '../../page/Page.module.css';
import { Page } from '../../page/Page.tsx';
import { queryClient } from '../../queryClient.ts';

const again = () => queryClient.invalidateQueries({ queryKey: ['reportSchedules'] });

/** Reports that go to people by mail, every week or month. */
export function ReportsSection() {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const schedules = useQuery({
    queryKey: ['reportSchedules'],
    queryFn: async ({ signal }) =>
      (await get<{ items: ReportSchedule[] }>('/report-schedules', undefined, signal)).items,
  });
  const [editing, setEditing] = useState<ReportSchedule | 'new' | null>(null);
  const [confirm, dialog] = useConfirm();
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('sent.make')}
    </Button>
  );
  return (
    <Page title={t('sections.reports')} lead={t('sent.lead')} actions={make}>
      <Loaded query={schedules}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<IconMailForward size={28} />} title={t('sent.none')} text={t('sent.noneText')} />
          ) : (
            <ul className={page.rows}>
              {items.map((item) => (
                <li key={item.id} className={page.row}>
                  <span className={page.rowMain}>
                    <span className={page.rowName}>
                      <bdi>{item.name}</bdi>
                    </span>
                    <span className={page.rowDim}>
                      {t(`sent.every.${item.every}`)} · {t('sent.next', { at: shortDateTime(item.nextAt, locale) })}
                      {item.lastSentAt !== null &&
                        ` · ${t('sent.last', { at: shortDateTime(item.lastSentAt, locale) })}`}
                    </span>
                    <span className={page.rowDim}>
                      <bdi>{item.recipients.join(', ')}</bdi>
                    </span>
                  </span>
                  <span className={page.rowEnd}>
                    <ActionIcon aria-label={t('sent.edit', { name: item.name })} onClick={() => setEditing(item)}>
                      <IconPencil size={16} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={t('sent.end', { name: item.name })}
                      onClick={() =>
                        confirm({
                          title: t('sent.end', { name: item.name }),
                          text: t('sent.endText'),
                          action: t('sent.stop'),
                          run: () => remove(`/report-schedules/${item.id}`).then(again),
                        })
                      }
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing !== null && <ScheduleForm start={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {dialog}
    </Page>
  );
}

const reports = ['responseTimes', 'work'] as const;
const groupings = ['user', 'team', 'store', 'channel', 'level', 'tag'] as const;

function ScheduleForm({ start, onClose }: { start: ReportSchedule | null; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'reports']);
  const me = useMe();
  const [value, setValue] = useState<NewSchedule>(
    () =>
      start ?? {
        name: t('sent.usualName'),
        report: 'responseTimes',
        question: { by: 'user', measure: 'all', time: 'working' },
        every: 'week',
        format: 'xlsx',
        recipients: [me.email],
      },
  );
  const set = (change: Partial<NewSchedule>) => setValue({ ...value, ...change });
  const ask = (change: Partial<NewSchedule['question']>) => set({ question: { ...value.question, ...change } });
  const save = async () => {
    const { name, report, question, every, format, recipients } = value;
    const body = { name, report, question, every, format, recipients };
    await (start === null ? post('/report-schedules', body) : put(`/report-schedules/${start.id}`, body));
    await again();
  };
  return (
    <FormDialog title={t('sent.form')} label={t('common:save')} act={save} onClose={onClose}>
      <TextInput
        label={t('sent.name')}
        value={value.name}
        required
        withAsterisk={false}
        maxLength={100}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t('sent.report')}
        allowDeselect={false}
        value={value.report}
        onChange={(report) => set({ report: report as NewSchedule['report'] })}
        data={reports.map((report) => ({ value: report, label: t(`sent.reports.${report}`) }))}
      />
      <Select
        label={t('reports:by')}
        allowDeselect={false}
        value={value.question.by}
        onChange={(by) => ask({ by: by as NewSchedule['question']['by'] })}
        data={groupings.map((by) => ({ value: by, label: t(`reports:byWhat.${by}`) }))}
      />
      {value.report === 'responseTimes' && (
        <Group grow>
          <Select
            label={t('reports:measure')}
            allowDeselect={false}
            value={value.question.measure ?? 'first'}
            onChange={(measure) => ask({ measure: measure as NewSchedule['question']['measure'] })}
            data={(['first', 'next', 'all', 'resolution'] as const).map((measure) => ({
              value: measure,
              label: t(`reports:measures.${measure}`),
            }))}
          />
          <Select
            label={t('reports:time')}
            allowDeselect={false}
            value={value.question.time ?? 'clock'}
            onChange={(time) => ask({ time: time as NewSchedule['question']['time'] })}
            data={(['clock', 'working'] as const).map((time) => ({
              value: time,
              label: t(`reports:times.${time}`),
            }))}
          />
        </Group>
      )}
      <SegmentedControl
        aria-label={t('sent.when')}
        value={value.every}
        onChange={(every) => set({ every: every as NewSchedule['every'] })}
        data={(['week', 'month'] as const).map((every) => ({ value: every, label: t(`sent.every.${every}`) }))}
      />
      <SegmentedControl
        aria-label={t('sent.format')}
        value={value.format}
        onChange={(format) => set({ format: format as NewSchedule['format'] })}
        data={[
          { value: 'xlsx', label: 'XLSX' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
      <TagsInput
        label={t('sent.recipients')}
        description={t('sent.recipientsText')}
        value={value.recipients}
        acceptValueOnBlur
        splitChars={[',', ' ', ';']}
        onChange={(recipients) => set({ recipients })}
      />
    </FormDialog>
  );
}
