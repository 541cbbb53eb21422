import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, by its path: begun first, so that the rest is done beside it. */
const longFirst = ['invariants/crash', 'flows/start', 'e2e/', 'invariants/takeOver', 'email/', 'flows/'];

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longFirst.findIndex((part) => moduleId.includes(part));
      return at < 0 ? longFirst.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
