import { Alert, Button, Progress, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../shared/api.ts';
import { count, useLocale } from '../../shared/ui/format.ts';
import { sayError } from '../../shared/ui/sayError.ts';
import { type ImportReport, useImportProgress } from '../feed/imports.ts';
import classes from './Page.module.css';

/** Rows of the error report that are shown; a file of nothing but errors need not fill the screen. */
const SHOWN_ERRORS = 100;

type Sending =
  | { step: 'idle' }
  | { step: 'sending'; name: string }
  | { step: 'running'; name: string; jobId: string }
  | { step: 'done'; name: string; report: ImportReport }
  | { step: 'refused'; name: string; message: string };

/**
 * Takes files by drop or choice, sends one to an import route (multipart, field `file`) and shows what became of it,
 * row by row where rows were wrong.
 */
export function ImportFile({
  path,
  accept,
  hint,
  options,
  onDone,
}: {
  path: string;
  /** Endings of the files that make sense here: `.csv,.jsonl`. */
  accept: string;
  hint: ReactNode;
  /** Further fields of the request. */
  options?: Record<string, string>;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [state, setState] = useState<Sending>({ step: 'idle' });
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const progress = useImportProgress(state.step === 'running' ? state.jobId : null);

  useEffect(() => {
    if (state.step !== 'running' || progress === null) return;
    if (progress.state === 'done' && progress.report !== undefined) {
      setState({ step: 'done', name: state.name, report: progress.report });
      onDone();
    } else if (progress.state === 'failed')
      setState({ step: 'refused', name: state.name, message: progress.error ?? t('errors.unexpected') });
  }, [progress, state, onDone, t]);

  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    setState({ step: 'sending', name: file.name });
    const form = new FormData();
    for (const [name, value] of Object.entries(options ?? {})) form.set(name, value);
    form.set('file', file);
    try {
      const answer = await post<ImportReport | { jobId: string }>(path, form);
      if ('jobId' in answer) setState({ step: 'running', name: file.name, jobId: answer.jobId });
      else {
        setState({ step: 'done', name: file.name, report: answer });
        onDone();
      }
    } catch (error) {
      setState({ step: 'refused', name: file.name, message: sayError(error) });
    }
    if (field.current !== null) field.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };
  const busy = state.step === 'sending' || state.step === 'running';
  const part = state.step === 'running' && progress !== null && progress.total > 0 ? progress.done / progress.total : 1;

  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button does the same */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileUpload size={24} stroke={1.6} aria-hidden />
        <span>{hint}</span>
        <input
          ref={field}
          type="file"
          accept={accept}
          hidden
          aria-label={t('import.choose')}
          onChange={(event) => void send(event.currentTarget.files?.[0])}
        />
        <Button variant="default" loading={busy} onClick={() => field.current?.click()}>
          {t('import.choose')}
        </Button>
      </div>
      <div role="status" style={{ marginTop: 16 }}>
        {busy && (
          <>
            <Text size="sm" mb={6}>
              {state.step === 'running' && progress !== null && progress.total > 0
                ? t('import.part', {
                    name: state.name,
                    done: count(progress.done, locale),
                    total: count(progress.total, locale),
                  })
                : t('import.reading', { name: state.name })}
            </Text>
            <Progress value={part * 100} animated aria-label={t('import.reading', { name: state.name })} />
          </>
        )}
        {state.step === 'refused' && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title={state.name}>
            {state.message}
          </Alert>
        )}
        {state.step === 'done' && <Report name={state.name} report={state.report} />}
      </div>
    </div>
  );
}

function Report({ name, report }: { name: string; report: ImportReport }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const bad = report.errors.length > 0;
  const nothing = report.imported + report.updated === 0;
  return (
    <section aria-label={t('import.report')}>
      <Alert
        color={bad ? (nothing ? 'red' : 'yellow') : 'green'}
        variant="light"
        icon={bad ? <IconAlertTriangle size={18} aria-hidden /> : <IconCheck size={18} aria-hidden />}
        title={t(bad ? (nothing ? 'import.none' : 'import.partly') : 'import.done', { name })}
        styles={{ title: { color: 'var(--p-text)' } }}
      >
        <dl className={classes.figures}>
          {(['imported', 'updated', 'skipped'] as const).map((key) => (
            <div key={key}>
              <dt>{t(`import.${key}`)}</dt>
              <dd>{count(report[key], locale)}</dd>
            </div>
          ))}
          <div>
            <dt>{t('import.errors')}</dt>
            <dd>{count(report.errors.length, locale)}</dd>
          </div>
        </dl>
      </Alert>
      {bad && (
        <div className={classes.tableWrap} style={{ marginTop: 12 }}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th>{t('import.row')}</th>
                <th>{t('import.column')}</th>
                <th>{t('import.message')}</th>
              </tr>
            </thead>
            <tbody>
              {report.errors.slice(0, SHOWN_ERRORS).map((error, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, and one row may have two faults
                <tr key={index}>
                  <td className="p-tabular">{count(error.row, locale)}</td>
                  <td>
                    <bdi>{error.column ?? ''}</bdi>
                  </td>
                  <td dir="auto">{error.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {report.errors.length > SHOWN_ERRORS && (
            <Text size="sm" c="dimmed" mt="sm">
              {t('import.more', { count: report.errors.length - SHOWN_ERRORS })}
            </Text>
          )}
        </div>
      )}
    </section>
  );
}
