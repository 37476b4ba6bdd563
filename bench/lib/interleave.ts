import { Samples } from './samples';

/** Something to measure: its name, and a run that gives its values by name. */
export type Probe = {
  readonly name: string;
  readonly run: () => Promise<Readonly<Record<string, number>>>;
  /** Rounds counted at most, for what takes long; all of them unless given. */
  readonly atMost?: number;
  /** Whether it may fail in its first round, and is then left out: other people's code, not ours. */
  readonly mayFail?: boolean;
};

export type Rounds = {
  /** Rounds counted, after one that only warms up. */
  readonly rounds: number;
  /** No round is begun after so long, once three are counted. */
  readonly budgetMs: number;
};

/** Runs probes in turn, round after round, so that what slows the machine for a while slows all of them. */
export async function interleave(probes: readonly Probe[], { rounds, budgetMs }: Rounds): Promise<Samples> {
  const samples = new Samples();
  const deadline = performance.now() + budgetMs;
  for (let round = 0; round <= rounds; round++) {
    if (round > 3 && performance.now() > deadline) break;
    for (const probe of probes) {
      if (round > (probe.atMost ?? rounds) || samples.failure(probe.name) !== null) continue;
      const values = await runOnce(probe, round, samples);
      if (round === 0) continue;
      for (const [key, value] of Object.entries(values)) samples.add(`${probe.name}.${key}`, value);
    }
  }
  return samples;
}

async function runOnce(
  { name, run, mayFail = false }: Probe,
  round: number,
  samples: Samples,
): Promise<Readonly<Record<string, number>>> {
  try {
    return await run();
  } catch (error) {
    if (!mayFail || round > 0) throw error;
    samples.fail(name, error instanceof Error ? error.message : String(error));
    return {};
  }
}
