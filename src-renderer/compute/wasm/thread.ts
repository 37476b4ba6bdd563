/// <reference lib="webworker" />
import { instantiateKernels, type Kernels } from './kernels';
import { scratchOf } from './layout';
import { runUnits } from './phases';
import { controlOf } from './team';
import type { FromThread, ToThread } from './thread-messages';

const PROGRESS_EVERY_MS = 100;

const tell = (message: FromThread) => postMessage(message);
let at: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } | null = null;

// A thread works without a pause until a phase is over: it is stopped by a word in the shared memory.
addEventListener('message', ({ data }: MessageEvent<ToThread>) => {
  if (data.kind === 'attach')
    at = { memory: data.memory, kernels: instantiateKernels(data.module, data.memory) };
  else work(data);
  tell({ kind: 'done' });
});

function work({ phase, layout, thread }: Extract<ToThread, { kind: 'run' }>): void {
  if (at === null) throw new Error('no memory attached');
  const control = controlOf(at.memory, layout);
  const bench = { kernels: at.kernels, control, scratch: scratchOf(layout, thread) };
  while (!runUnits(bench, phase, layout, performance.now() + PROGRESS_EVERY_MS)) tell({ kind: 'progress' });
}
