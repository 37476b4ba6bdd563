import {
  askTwice,
  BAD_ANSWERS,
  delay,
  type Fault,
  loseAnswer,
  pass,
  refuse,
  rewrite,
  truncate,
} from './faults';
import type { SeededRandom } from './random';

/** Which fault each request meets, decided by a seed. */
export class FaultSchedule {
  /** The share of requests that meet one. */
  rate = 0;
  readonly #random: SeededRandom;
  readonly #held: { atBlock: number; release: () => void }[] = [];
  #blocks = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** The fault of the next request. */
  readonly next = (path: string): Fault => {
    if (path.startsWith('/events') || this.#random.next() >= this.rate) return pass;
    const random = this.#random;
    return random.pick<() => Fault>([
      [() => refuse, 3],
      [() => loseAnswer, 4],
      [() => askTwice, 3],
      [() => truncate, 2],
      [() => this.#delayed(1 + random.below(3)), 2],
      [() => rewrite((text) => corrupted(text, random)), 3],
      [() => badAnswer(random), 3],
      [() => rewrite((text) => lied(text, random)), 4],
    ])();
  };

  /** To be told of each block: requests held back for so long go on. */
  blockProduced(): void {
    this.#blocks += 1;
    for (const held of this.#held.splice(0)) {
      if (held.atBlock <= this.#blocks) held.release();
      else this.#held.push(held);
    }
  }

  /** No faults from now on, and nothing is held back any more. */
  end(): void {
    this.rate = 0;
    for (const { release } of this.#held.splice(0)) release();
  }

  #delayed(blocks: number): Fault {
    const until = new Promise<void>((release) =>
      this.#held.push({ atBlock: this.#blocks + blocks, release }),
    );
    return delay(until);
  }
}

// A body without end costs seconds each time; the tests of bad answers have it.
const BRIEF = Object.entries(BAD_ANSWERS).filter(([name]) => name !== 'a body without end');

function badAnswer(random: SeededRandom): Fault {
  return random.pick(BRIEF.map(([, fault]) => [fault, 1]));
}

/** One character is another one, digits staying digits: what may still look like an answer. */
function corrupted(text: string, random: SeededRandom): string {
  const at = random.below(text.length);
  const other = /\d/.test(text[at] ?? '') ? String(random.below(10)) : 'x';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}

/** A node that is wrong, in good form, about an account, about what it took, or about what it knows of a transaction. */
function lied(text: string, random: SeededRandom): string {
  const off = random.below(5) - 2;
  return text
    .replace(/"nonce":\s*(\d+)/, (_, nonce) => `"nonce":${Math.max(0, Number(nonce) + off)}`)
    .replace(
      /"balance":\s*"\d+"/,
      `"balance":"${random.pick([
        ['0', 1],
        ['1000000', 1],
        ['9'.repeat(30), 1],
      ])}"`,
    )
    .replace('"status":"received"', '"status":"rejected","error":"nonce_too_low"')
    .replace('"status":"confirmed"', '"status":"pending"');
}
