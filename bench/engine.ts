import { parseArgs } from 'node:util';
import { assertMatrixSize } from '../src-shared/matrix-mult/matrix-size';
import { ComputePage } from './engine/compute-page';
import { gpuFigures } from './engine/gpu-figures';
import { openNumPy } from './engine/numpy-process';
import { probesAt, roundsAt } from './engine/probes';
import { processorFigures } from './engine/processor-figures';
import { DEFAULT_SIZE } from './engine/sizes';
import { adapterName, type Surroundings, surroundingsOf } from './engine/surroundings';
import type { Figure } from './lib/figures';
import { interleave } from './lib/interleave';
import { report } from './lib/report';
import type { Samples } from './lib/samples';

/** `npm run bench -- engine [--json] [--sizes 512,1024,2048,4096]`. @returns the exit code */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      sizes: { type: 'string', default: '512,1024,2048,4096' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  sizes.forEach(assertMatrixSize);
  const page = await ComputePage.open();
  try {
    const around = await surroundingsOf(page);
    const figures: Figure[] = [];
    for (const n of sizes) {
      const samples = await measureSize(n, page, around);
      figures.push(...processorFigures(n, around, samples), ...gpuFigures(n, around, samples));
    }
    return report(figures, { json: values.json, device: adapterName(around) });
  } finally {
    await page.close();
  }
}

async function measureSize(n: number, page: ComputePage, around: Surroundings): Promise<Samples> {
  const numpy = n === DEFAULT_SIZE ? openNumPy(n) : null;
  const samples = await interleave(probesAt(n, page, around, numpy), roundsAt(n));
  numpy?.close();
  if (n === DEFAULT_SIZE && numpy === null) samples.fail('numpy', 'there is no NumPy');
  return samples;
}
