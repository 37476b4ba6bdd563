import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { assemblyScript } from '../vite-assemblyscript.ts';

/** The quick ones first: the first test that fails ends a mutant's run. */
class UnitsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => (moduleId.includes('/e2e/') ? 1 : 0);
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  root: process.cwd(),
  plugins: [assemblyScript()],
  test: {
    include: JSON.parse(process.env.CPC_MUTANTS_TESTS ?? '[]'),
    pool: 'threads',
    isolate: false,
    // With every fault in its place the code runs several times slower.
    testTimeout: 120_000,
    restoreMocks: true,
    sequence: { sequencer: UnitsFirst },
  },
});
