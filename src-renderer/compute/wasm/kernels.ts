/// <reference path="./assemblyscript.d.ts" />
import { bytes } from './assembly/index.ts?wasm';

/** An address in the kernels' memory, below 2^32. */
export type Address = number;

/** What the module exports; each function's own text is in `assembly/`. None checks its arguments. */
export type Kernels = {
  keyStream(out: Address, key: Address, nonce: number, firstBlock: number, blocks: number): void;
  multiplyBlock(
    a: Address,
    bTransposed: Address,
    c: Address,
    inner: number,
    columnsOfC: number,
    rows: number,
    columns: number,
    scratch: Address,
  ): void;
  multiplyQuarters(
    a: Address,
    bTransposed: Address,
    c: Address,
    inner: number,
    columnsOfC: number,
    rows: number,
    columns: number,
    downA: number,
    downC: number,
    acrossB: number,
    acrossC: number,
    scratch: Address,
  ): void;
  hashRows(
    c: Address,
    columns: number,
    rows: number,
    rowNumbers: Address,
    seed: Address,
    digests: Address,
    scratch: Address,
  ): void;
  hashLevel(nodes: Address, count: number, parents: Address, scratch: Address): void;
  randomVector(
    vectors: Address,
    length: number,
    columns: number,
    round: number,
    key: Address,
    scratch: Address,
  ): void;
  timesB(
    vectors: Address,
    length: number,
    bTransposed: Address,
    inner: number,
    columns: number,
    first: number,
    scratch: Address,
  ): void;
  checkRows(
    vectors: Address,
    length: number,
    a: Address,
    c: Address,
    inner: number,
    columns: number,
    rows: number,
  ): number;
};

/** Compiles the kernels; the module may be posted to threads. */
export function compileKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes);
}

/** The kernels on a memory, which every thread's instance shares. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  // What `assembly/index.ts` exports; the compiler's types do not reach here.
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
}
