import { parentPort } from 'node:worker_threads';
import { readLetter } from './read.ts';

/** The other side of parseIsolated: one letter at a time, so that a killed worker loses one letter only. */
parentPort?.on('message', async (bytes: Uint8Array) => {
  try {
    const read = await readLetter(bytes);
    const buffers = new Set(read.letter.attachments.map((one) => one.content.buffer as ArrayBuffer));
    parentPort?.postMessage({ read }, [...buffers]);
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});
