import { afterEach } from 'vitest';
import { running } from './running.ts';

afterEach(async () => {
  for (const app of [...running]) await app.stop();
});
