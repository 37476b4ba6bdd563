import { ROUNDS, randomVector, type SelfCheck } from '../../../src-shared/matrix-mult/self-check';
import type { ProductOptions } from '../engine';
import type { Pacer } from '../pacer';
import checkRows from './check-rows.wgsl?raw';
import mersenne from './mersenne.wgsl?raw';
import { Pass, workgroupsFor } from './pass';
import type { PreparedProduct } from './prepared-product';
import { readBack } from './read-back';
import { runSlices } from './slices';
import timesB from './times-b.wgsl?raw';

const WORD_BYTES = 4;
const VERDICT_WORDS = 3;

/** Freivalds' check of a C that is on the adapter (matrix-mult-v1.md, "Self-check"). */
export class AdapterSelfCheck {
  readonly #device: GPUDevice;
  readonly #timesB: Pass;
  readonly #checkRows: Pass;

  private constructor(device: GPUDevice, project: Pass, check: Pass) {
    this.#device = device;
    this.#timesB = project;
    this.#checkRows = check;
  }

  static async create(device: GPUDevice): Promise<AdapterSelfCheck> {
    const [project, check] = await Promise.all([
      Pass.create(device, mersenne, timesB),
      Pass.create(device, mersenne, checkRows),
    ]);
    return new AdapterSelfCheck(device, project, check);
  }

  /** Checks C against the operands it was made of. @param bands C, in the product's bands */
  async check(
    product: PreparedProduct,
    bands: readonly GPUBuffer[],
    { seed, root }: { readonly seed: Uint8Array; readonly root: Uint8Array },
    pacer: Pacer,
    options: ProductOptions,
  ): Promise<SelfCheck> {
    const { shape, words, paddedColumns, bandRows } = product.kernel;
    const { rows, inner, columns } = shape;
    const { queue } = this.#device;
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const buffer = (length: number, usage: number) =>
      this.#device.createBuffer({ size: length * WORD_BYTES, usage: STORAGE | usage });
    const r = buffer(ROUNDS * columns, COPY_DST);
    const br = buffer(ROUNDS * words * 4, 0);
    const verdict = buffer(VERDICT_WORDS, COPY_SRC);
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const vector = Uint32Array.from(randomVector(seed, root, columns, round));
        queue.writeBuffer(r, round * columns * WORD_BYTES, vector);
      }
      this.#timesB.submit([columns, words], [product.bTransposed, r, br], workgroupsFor(words));
      const submit = (first: number, count: number) => {
        const c = bands[Math.floor(first / bandRows)];
        if (c === undefined) throw new Error('no such band');
        const bandRow = first - (first % bandRows);
        this.#checkRows.submit(
          [inner, columns, words, paddedColumns, bandRow, first - bandRow],
          [product.a, c, r, br, verdict],
          count,
        );
        return queue.onSubmittedWorkDone();
      };
      await runSlices(
        { total: rows, most: bandRows, boundary: bandRows, submit },
        product.tuning.check,
        pacer,
        options,
      );
      const [checked, outOfRange, unequal] = await readBack(
        this.#device,
        verdict,
        VERDICT_WORDS * WORD_BYTES,
      );
      if (outOfRange !== 0) return { ok: false, why: 'range' };
      // A device that did nothing found nothing wrong either.
      return checked === rows && unequal === 0 ? { ok: true } : { ok: false, why: 'product' };
    } finally {
      for (const own of [r, br, verdict]) own.destroy();
    }
  }
}
