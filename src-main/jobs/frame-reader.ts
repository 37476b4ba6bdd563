import { isAscii } from 'node:buffer';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';
import type { GivenMatrices } from './given-matrices';
import type { FiledPayload } from './kept-payload';
import { type Frame, type Job, readFrame } from './read-job';

/** A job whose matrices are read, and belong into a file. */
export type LargeJob = {
  readonly kind: 'large_job';
  readonly job: Omit<Job, 'payload'> & { readonly payload: Omit<FiledPayload, 'file'> };
  readonly matrices: GivenMatrices;
};

/** What a large frame turns out to be. */
export type LargeFrame = Frame | LargeJob;

/** To the thread. */
export type FrameToRead = { readonly id: number; readonly bytes: Uint8Array; readonly frameBytes: number };
/** From it. */
export type FrameRead = { readonly id: number; readonly frame: LargeFrame };

/** Reads large frames. */
export type FrameReader = {
  /** @param bytes of no use afterwards @param frameBytes an answer's most @throws Error where the reader fails */
  read(bytes: Uint8Array, frameBytes: number): Promise<LargeFrame>;
  close(): void;
};

/** A frame's text; what is ASCII, as nearly all of it is, several times as fast as UTF-8 is read. */
export function frameText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return isAscii(bytes) ? buffer.toString('latin1') : buffer.toString('utf8');
}

/** Reads a frame, and decodes the matrices of a job that gives them. */
export function readLargeFrame(bytes: Uint8Array, frameBytes: number): LargeFrame {
  const frame = readFrame(frameText(bytes), frameBytes);
  if (frame.kind !== 'job' || frame.matrices === null || frame.job.payload.challenge !== 'matrix_mult')
    return frame;
  const { a: _, b: __, ...payload } = frame.job.payload;
  return { kind: 'large_job', job: { ...frame.job, payload }, matrices: frame.matrices };
}

/** Reads large frames in this very thread. */
export const readerHere: FrameReader = {
  read: async (bytes, frameBytes) => readLargeFrame(bytes, frameBytes),
  close: () => undefined,
};

// A thread that has nothing to read holds megabytes for nothing.
const IDLE_MS = 30_000;

type Reading = { readonly resolve: (frame: LargeFrame) => void; readonly reject: (error: Error) => void };

/** Reads large frames in a thread of its own, so that main goes on meanwhile. */
export class ThreadReader implements FrameReader {
  readonly #program: string;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #reading = new Map<number, Reading>();
  #thread: Worker | null = null;
  #lastId = 0;
  #callOffEnd: () => void = () => undefined;

  /** @param program the thread's script (`frame-thread.ts`, built) */
  constructor(program: string, clock: Pick<Clock, 'after'>) {
    this.#program = program;
    this.#clock = clock;
  }

  read(bytes: Uint8Array, frameBytes: number): Promise<LargeFrame> {
    const id = ++this.#lastId;
    this.#callOffEnd();
    this.#thread ??= this.#start();
    const message: FrameToRead = { id, bytes, frameBytes };
    // What is in memory of its own need not be copied.
    const isOwn = bytes.byteLength === bytes.buffer.byteLength;
    this.#thread.postMessage(message, isOwn ? [bytes.buffer as ArrayBuffer] : []);
    return new Promise((resolve, reject) => this.#reading.set(id, { resolve, reject }));
  }

  close(): void {
    this.#end(new AppError('cancelled', 'The app is closing.'));
  }

  #start(): Worker {
    const thread = new Worker(this.#program);
    thread.on('message', ({ id, frame }: FrameRead) => {
      this.#reading.get(id)?.resolve(frame);
      this.#reading.delete(id);
      if (this.#reading.size > 0) return;
      this.#callOffEnd();
      this.#callOffEnd = this.#clock.after(IDLE_MS, () => this.#end(new Error('idle')));
    });
    thread.on('error', (error) => this.#thread === thread && this.#end(error));
    thread.on('exit', (code) => this.#thread === thread && this.#end(new Error(`it ended with ${code}`)));
    return thread;
  }

  #end(why: Error): void {
    this.#callOffEnd();
    void this.#thread?.terminate();
    this.#thread = null;
    const reading = [...this.#reading.values()];
    this.#reading.clear();
    for (const { reject } of reading) reject(why);
  }
}
