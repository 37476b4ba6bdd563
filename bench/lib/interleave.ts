/** Something to measure: its name, and a run that gives its values by name, or null where it cannot run here. */
export type Probe = {
  readonly name: string;
  readonly run: () => Promise<Readonly<Record<string, number>> | null>;
};

export type Rounds = {
  /** Rounds counted, after one that only warms up. */
  readonly rounds: number;
  /** No round is begun after so long, once three are counted. */
  readonly budgetMs: number;
};

/** Values by probe and name, one per counted round. */
export type Samples = ReadonlyMap<string, readonly number[]>;

/**
 * Runs probes in turn, round after round, so that what slows the machine for a while slows all of them.
 * @returns samples under `probe.value`
 */
export async function interleave(probes: readonly Probe[], { rounds, budgetMs }: Rounds): Promise<Samples> {
  const samples = new Map<string, number[]>();
  const deadline = performance.now() + budgetMs;
  for (let round = 0; round <= rounds; round++) {
    if (round > 3 && performance.now() > deadline) break;
    for (const { name, run } of probes) {
      const values = await run();
      if (round === 0 || values === null) continue;
      for (const [key, value] of Object.entries(values)) {
        const kept = samples.get(`${name}.${key}`) ?? [];
        kept.push(value);
        samples.set(`${name}.${key}`, kept);
      }
    }
  }
  return samples;
}
