import type { NodeAnswer } from '../../driver/world/faults';
import type { SeededRandom } from '../../driver/world/random';
import type { FaultKind } from '../faults';
import type { Streams } from '../streams';

/** What becomes of one request: when it reaches the node, how often, and when which answer comes back. */
export type RequestCourse = {
  /** Ms until it reaches the node; null where it never does. */
  readonly thereMs: number | null;
  readonly times: 1 | 2;
  /** Ms from there until the answer is back; null where none comes, `broken` where the connection breaks. */
  readonly backMs: number | null | 'broken';
  readonly change: ((answer: NodeAnswer) => NodeAnswer) | null;
  /** How long the node asks to be left alone instead of answering, s. */
  readonly busySeconds: number | null;
};

const WELL: RequestCourse = { thereMs: 5, times: 1, backMs: 0, change: null, busySeconds: null };

type RequestFault = Extract<
  FaultKind,
  'refused' | 'lost' | 'silent' | 'late' | 'doubled' | 'spoilt' | 'lying' | 'busy'
>;

/** How often each comes among those that come. */
const WEIGHTS: Readonly<Record<RequestFault, number>> = {
  refused: 3,
  lost: 4,
  silent: 1,
  late: 4,
  doubled: 3,
  spoilt: 4,
  lying: 3,
  busy: 0.3,
};
const WEIGHTED = Object.entries(WEIGHTS) as [RequestFault, number][]; // its own keys

/** Decides by the seed what each request meets. */
export class RequestFaults {
  /** The share of requests that meet one. */
  rate = 0;
  readonly #random: SeededRandom;
  readonly #latency: SeededRandom;
  readonly #kinds: ReadonlySet<FaultKind>;

  constructor(streams: Streams, kinds: ReadonlySet<FaultKind>) {
    this.#random = streams.of('requests');
    this.#latency = streams.of('latency');
    this.#kinds = kinds;
  }

  /** The course of the next request, and by what fault. */
  next(): RequestCourse & { readonly fault: RequestFault | null } {
    const thereMs = 2 + this.#latency.below(40);
    if (this.rate === 0 || this.#random.next() >= this.rate) return { ...WELL, thereMs, fault: null };
    const fault = this.#random.pick(WEIGHTED);
    // Drawn all the same: without one kind the others come as they did.
    const course = { ...WELL, thereMs, ...COURSES[fault](this.#random) };
    return this.#kinds.has(fault) ? { ...course, fault } : { ...WELL, thereMs, fault: null };
  }
}

const COURSES: Readonly<Record<RequestFault, (random: SeededRandom) => Partial<RequestCourse>>> = {
  refused: () => ({ thereMs: null, backMs: 'broken' }),
  lost: () => ({ backMs: 'broken' }),
  silent: (random) => ({ ...(random.next() < 0.5 ? { thereMs: null } : {}), backMs: null }),
  late: (random) =>
    random.next() < 0.5 ? { thereMs: 200 + random.below(16_000) } : { backMs: 200 + random.below(12_000) },
  doubled: () => ({ times: 2 }),
  spoilt: (random) => ({ change: spoiling(random) }),
  lying: (random) => ({ change: lying(random) }),
  busy: (random) => ({ busySeconds: 1 + random.below(30) }),
};

function spoiling(random: SeededRandom): (answer: NodeAnswer) => NodeAnswer {
  const share = random.next();
  const digit = random.below(10);
  return random.pick<(answer: NodeAnswer) => NodeAnswer>([
    [({ status, text }) => ({ status, text: text.slice(0, text.length >> 1) }), 2],
    [({ status, text }) => ({ status, text: changed(text, share, digit) }), 3],
    [() => ({ status: 500, text: 'Internal Server Error' }), 1],
    [() => ({ status: 200, text: '<html><body>502 Bad Gateway</body></html>' }), 1],
    [() => ({ status: 200, text: '[]' }), 1],
  ]);
}

/** One character is another one, digits staying digits: what may still look like an answer. */
function changed(text: string, share: number, digit: number): string {
  const at = Math.floor(share * text.length);
  const other = /\d/.test(text[at] ?? '') ? String(digit) : 'x';
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
}

/** Wrong, in good form, about an account, about what was taken, or about what is known of a transaction. */
function lying(random: SeededRandom): (answer: NodeAnswer) => NodeAnswer {
  const off = random.below(5) - 2;
  const balance = random.pick([
    ['0', 1],
    ['1000000', 1],
    ['9'.repeat(30), 1],
  ]);
  return ({ status, text }) => ({
    status,
    text: text
      .replace(
        /^(\{"address":.*"nonce":)(\d+)/,
        (_, before, nonce) => `${before}${Math.max(0, Number(nonce) + off)}`,
      )
      .replace(/"balance":"\d+"/, `"balance":"${balance}"`)
      .replace('"status":"received"', '"status":"rejected","error":"nonce_too_low"')
      .replace('"status":"confirmed"', '"status":"pending"'),
  });
}
