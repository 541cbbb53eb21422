import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that only its owner may enter, and those above it. Level by level: Node's own recursive way does not
 * end where a folder cannot be made, and on a read-only disk it says that the folder is not there.
 * @throws the system's error of the first level that cannot be made
 */
export function makeFolder(dir: string): void {
  if (existsSync(dir)) {
    mkdirSync(dir, { recursive: true });
    return;
  }
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
