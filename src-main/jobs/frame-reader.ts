import { isAscii } from 'node:buffer';
import { HelperThread } from '../async/helper-thread';
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
export type FrameToRead = { readonly bytes: Uint8Array; readonly frameBytes: number };

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

/** Reads large frames in a thread of its own, so that main goes on meanwhile. */
export class ThreadReader implements FrameReader {
  readonly #thread: HelperThread<FrameToRead, LargeFrame>;

  /** @param program the thread's script (`frame-thread.ts`, built) */
  constructor(program: string, clock: Pick<Clock, 'after'>) {
    this.#thread = new HelperThread(program, clock);
  }

  read(bytes: Uint8Array, frameBytes: number): Promise<LargeFrame> {
    // What is in memory of its own need not be copied.
    const isOwn = bytes.byteLength === bytes.buffer.byteLength;
    return this.#thread.ask({ bytes, frameBytes }, isOwn ? [bytes.buffer as ArrayBuffer] : []);
  }

  close(): void {
    this.#thread.close();
  }
}
