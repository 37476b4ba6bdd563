import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Shape } from '../../src-shared/matrix-mult/shape';
import { mapDiskError } from '../storage/disk-error';
import { bytesOf, type GivenMatrices, seedOf } from './given-matrices';

// What is soon computed need not be read again; what waits longer comes back from the disk.
const HELD_BYTES = 24 << 20;

/**
 * Large matrices of jobs that wait, a file each: written without holding up main, which a row of megabytes would. A file
 * is there before the row that names it, and goes after it; one that no row names is swept at the next start.
 */
export class MatricesFolder {
  readonly #folder: string;
  readonly #onError: (error: unknown) => void;
  /** Sizes of the files that there are, bytes. */
  readonly #sizes = new Map<string, number>();
  readonly #held = new Map<string, GivenMatrices>();
  #heldBytes = 0;
  #bytes = 0;

  /** @param folder made once it is needed */
  constructor(folder: string, onError: (error: unknown) => void) {
    this.#folder = folder;
    this.#onError = onError;
  }

  /** Bytes of all files. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Knows the files that are named by rows, and removes all others. Before anything is written. */
  sweep(named: ReadonlySet<string>): void {
    for (const file of this.#list()) {
      try {
        if (named.has(file)) this.#add(file, statSync(this.#path(file)).size);
        else rmSync(this.#path(file), { recursive: true, force: true });
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /**
   * Writes matrices so that they outlast the app's end. As of the row that names them (ADR 23), nothing was said of them
   * yet where a power cut takes them back; one that is left without its matrices ends as `failed`.
   * @returns the file's name @throws AppError `disk_full`, `profile_unwritable`…
   */
  async write(matrices: GivenMatrices): Promise<string> {
    const { a, b } = matrices;
    const file = `${bytesToHex(matrices.seed)}.${randomUUID()}`;
    const path = this.#path(file);
    this.#add(file, a.length + b.length);
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(path, [bytesOf(a), bytesOf(b)], { flag: 'wx', mode: 0o600 });
    } catch (error) {
      this.remove(file);
      throw mapDiskError(error, path);
    }
    this.#hold(file, matrices);
    return file;
  }

  /** @throws AppError as `mapDiskError`; Error where the file is not what was written */
  read(file: string, shape: Shape): GivenMatrices {
    const held = this.#held.get(file);
    if (held !== undefined) return held;
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path(file));
    } catch (error) {
      throw mapDiskError(error, this.#path(file));
    }
    const whole = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    const { rows, inner, columns } = shape;
    const [a, b] = [whole.slice(0, rows * inner), whole.slice(rows * inner)];
    const seed = seedOf(shape, a, b);
    if (b.length !== inner * columns || !file.startsWith(`${bytesToHex(seed)}.`))
      throw new Error('the matrices that were kept for it are damaged');
    return { a, b, seed };
  }

  /** Its job was answered, or never kept. */
  remove(file: string): void {
    this.#bytes -= this.#sizes.get(file) ?? 0;
    this.#sizes.delete(file);
    const held = this.#held.get(file);
    if (held !== undefined) this.#heldBytes -= held.a.length + held.b.length;
    this.#held.delete(file);
    // One that stays is swept at the next start.
    rm(this.#path(file), { force: true }).catch(this.#onError);
  }

  #add(file: string, bytes: number): void {
    this.#sizes.set(file, bytes);
    this.#bytes += bytes;
  }

  #hold(file: string, matrices: GivenMatrices): void {
    const bytes = matrices.a.length + matrices.b.length;
    // One of them always is, however large: it is likely to be next.
    if (this.#held.size > 0 && this.#heldBytes + bytes > HELD_BYTES) return;
    this.#held.set(file, matrices);
    this.#heldBytes += bytes;
  }

  #list(): string[] {
    try {
      return readdirSync(this.#folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#onError(error);
      return [];
    }
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }
}
