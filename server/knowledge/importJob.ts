import type { Db } from '../db/client.ts';
import { transact } from '../db/tx.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { record } from '../events/record.ts';
import { addJob } from '../jobs/add.ts';
import { newId } from '../lib/id.ts';
import { importArticles } from './articles.ts';
import { imageKeeper } from './images.ts';
import { readArticleFile } from './readArticleFile.ts';
import type { ImportJob, ImportReport } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'files' | 'clock' | 'knowledge'>;

/** A file larger than this is imported by a job: nobody waits minutes for an answer. */
const longBytes: Readonly<Record<string, number>> = { zip: 1_500_000, pdf: 3_000_000, docx: 5_000_000 };
const longOtherwise = 8_000_000;
/** Articles that are written at once; after each lot the progress is told. */
const lot = 50;

export function isLong(file: { name: string; bytes: Uint8Array }): boolean {
  const kind = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return file.bytes.length > (longBytes[kind] ?? longOtherwise);
}

/** Keeps the file and lets a job import it. Answers the job's id. */
export async function beginImport(
  { db, files, clock }: Tools,
  file: { name: string; bytes: Uint8Array },
  onError: 'abort' | 'skip',
  userId: string,
): Promise<string> {
  const now = clock.now();
  const id = newId(now.getTime());
  const fileKey = `imports/${id}`;
  await files.put(fileKey, file.bytes);
  await transact(db, async (tx) => {
    await tx.importJob.create({
      data: {
        id,
        kind: 'articles',
        name: file.name.slice(0, 300),
        fileKey,
        options: { onError },
        createdById: userId,
        createdAt: now,
      },
    });
    await addJob(tx, 'importArticles', { jobId: id }, { maxAttempts: 3 });
  });
  return id;
}

/** Imports what waits, lot by lot, and tells its maker how far it is. Repeatable: what is written already is skipped as unchanged. */
export async function runImport(tools: Tools, jobId: string): Promise<void> {
  const { db, files, clock } = tools;
  const job = await db.importJob.findUnique({ where: { id: jobId } });
  if (job === null || job.finishedAt !== null) return;
  await db.importJob.update({ where: { id: jobId }, data: { state: 'running' } });
  const tell = (progress: Omit<ImportJob, 'jobId'>) =>
    transact(db, async (tx) => {
      const now = clock.now();
      const { done, total, state, report, error } = progress;
      const ended = state !== 'running';
      await tx.importJob.update({
        where: { id: jobId },
        data: {
          done,
          total,
          state,
          ...(ended && { finishedAt: now, report: (report ?? { error }) as object }),
        },
      });
      const patch = { jobId, ...progress };
      await record(tx, { type: 'import.progress', at: now, ids: { jobId }, patch, scope: { userId: job.createdById } });
    });
  const report: ImportReport = { imported: 0, updated: 0, skipped: 0, errors: [] };
  try {
    const { articles, errors } = await readArticleFile(job.name, await files.read(job.fileKey), imageKeeper(tools));
    report.errors = errors;
    const abort = errors.length > 0 && (job.options as { onError?: string }).onError === 'abort';
    report.skipped = abort ? articles.length : errors.length;
    const wanted = abort ? [] : articles;
    for (let at = 0; at < wanted.length; at += lot) {
      await tell({ done: at, total: wanted.length, state: 'running' });
      const done = await importArticles(db, wanted.slice(at, at + lot), job.createdById, clock.now());
      report.imported += done.imported;
      report.updated += done.updated;
      report.skipped += done.skipped;
    }
    tools.knowledge.articlesChanged(null);
    await tell({ done: wanted.length, total: wanted.length, state: 'done', report });
    await files.remove(job.fileKey);
  } catch (error) {
    await tell({ done: 0, total: 0, state: 'failed', error: error instanceof Error ? error.message : String(error) });
  }
}

export async function readImport(db: Db, id: string): Promise<ImportJob> {
  const row = await db.importJob.findUnique({ where: { id } });
  if (row === null) throw notFound('import');
  const state = row.state === 'done' || row.state === 'failed' ? row.state : 'running';
  const kept = row.report as (ImportReport & { error?: string }) | null;
  return {
    jobId: id,
    done: row.done,
    total: row.total,
    state,
    ...(state === 'done' && kept && { report: kept }),
    ...(state === 'failed' && { error: kept?.error ?? '' }),
  };
}
