import { createHash } from 'node:crypto';
import { SeededRandom } from '../driver/world/random';

/**
 * Streams of random numbers that one seed decides, each by its name: that one kind of fault is left out changes nothing
 * of when the others come.
 */
export class Streams {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  of(name: string): SeededRandom {
    return new SeededRandom(createHash('sha256').update(`${this.#seed}/${name}`).digest().readUInt32LE());
  }
}
