import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { bytesToHex } from '@noble/hashes/utils.js';
import { WebSocket } from 'ws';
import { jobOperands } from '../../../src-shared/jobs/job-operands';
import { type JobPayload, payloadSchema } from '../../../src-shared/jobs/payload';
import { recomputeJob } from '../../../src-shared/jobs/recompute-job';
import { int32Bytes } from '../../../src-shared/matrix-mult/bytes';
import { commit } from '../../../src-shared/matrix-mult/commitment';
import { multiplyRow } from '../../../src-shared/matrix-mult/product';
import { encodeProof } from '../../../src-shared/matrix-mult/proof';

/** A job as a worker sees it. */
export type SeenJob = { readonly job_id: string; readonly task_id: string; readonly payload: unknown };

/** What is done with each job as it comes. */
export type Behaviour = (job: SeenJob, worker: TestWorker) => void;

/** A worker that speaks `job` and `job_result`, and does what a test says. */
export class TestWorker {
  readonly address: string;
  readonly jobs: SeenJob[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  /** Why the connection ended; null while it stands. */
  closedBy: number | null = null;

  private constructor(socket: WebSocket, address: string, behaviour: Behaviour) {
    this.#socket = socket;
    this.address = address;
    socket.on('message', (data) => {
      const job = readJob(data.toString());
      if (job === null) return;
      this.jobs.push(job);
      behaviour(job, this);
      this.#tell();
    });
    socket.on('close', (code) => {
      this.closedBy = code;
      this.#tell();
    });
    socket.on('error', () => undefined);
  }

  /** @param options of the socket, such as `maxPayload` */
  static async connect(
    url: string,
    behaviour: Behaviour,
    address = 'cpc1worker',
    options: WebSocket.ClientOptions = {},
  ): Promise<TestWorker> {
    const socket = new WebSocket(url, options);
    const worker = new TestWorker(socket, address, behaviour);
    await once(socket, 'open');
    return worker;
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Answers a job rightly, but for what is changed. */
  answer({ job_id, payload }: SeenJob, change: object = {}): void {
    this.send({ type: 'job_result', job_id, worker_address: this.address, ...solve(payload), ...change });
  }

  refuse({ job_id }: SeenJob, code: string): void {
    this.send({ type: 'job_error', job_id, code, message: 'for a test' });
  }

  drop(): void {
    this.#socket.terminate();
  }

  /** Waits until so many jobs have come. */
  gotJobs(count: number): Promise<void> {
    return this.until(() => this.jobs.length >= count);
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #tell(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** The right answer to a job: result, proof and product as the payload asks for them. */
export function solve(given: unknown): {
  result_hash: string;
  proof: string | null;
  output?: string;
} {
  const payload = payloadSchema.parse(given);
  const result_hash = bytesToHex(resultOf(payload));
  const operands = jobOperands(payload, 0, decode);
  const { rows, columns } = payload.shape;
  const b = operands.columnsOfB(0, columns);
  const c = new Int32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) c.set(multiplyRow(operands.rowOfA(row), b, columns), row * columns);
  const iterations = payload.challenge === 'synthetic' ? payload.iterations : 1;
  const opens = payload.commitment === 'merkle' && iterations === 1;
  const header = { opened: 8, matrixSize: rows, blockHeight: 0 };
  const proof = opens ? encodeProof(commit(c, columns, operands.seed, rows), operands.seed, header) : null;
  const isShown = payload.challenge === 'matrix_mult' && payload.returnOutput;
  return { result_hash, proof, ...(isShown && { output: Buffer.from(int32Bytes(c)).toString('base64') }) };
}

function resultOf(payload: JobPayload): Uint8Array {
  const iterations = payload.challenge === 'synthetic' ? payload.iterations : 1;
  const steps = recomputeJob(payload.commitment, iterations, (iteration) =>
    jobOperands(payload, iteration, decode),
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function decode(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** Null for what is no whole job. */
function readJob(text: string): SeenJob | null {
  try {
    const frame = JSON.parse(text) as SeenJob & { type?: unknown };
    return frame.type === 'job' ? frame : null;
  } catch {
    return null;
  }
}
