import { loadVerifier } from '../../src-main/signatures/load-verifier';
import { ALL_FAULTS } from './faults';
import { Simulation } from './simulation';

export async function main(args: string[]): Promise<number> {
  loadVerifier();
  const [blocks = 300, seed = 1] = args.map(Number);
  const named = args[2] ?? 'all';
  const simulation = new Simulation({
    seed,
    kinds: new Set(
      named === 'all' ? ALL_FAULTS : ALL_FAULTS.filter((kind) => named.split(',').includes(kind)),
    ),
    isTold: args.includes('--tell'),
  });
  const began = performance.now();
  const outcome = await simulation.run(blocks);
  simulation.close();
  const seconds = (performance.now() - began) / 1000;
  if (outcome.broken !== null) {
    console.log(outcome.last.join('\n'));
    console.log(outcome.broken.message);
  }
  console.log(JSON.stringify(outcome.counts));
  console.log(`${outcome.blocks} blocks, ${(outcome.blocks / seconds).toFixed(0)} a second`);
  console.log(outcome.digest);
  return outcome.broken === null ? 0 : 1;
}
