/// <reference lib="webworker" />
import { restFor } from '../pacer';
import { instantiateKernels, type Kernels } from './kernels';
import { CONTROL, scratchOf } from './layout';
import { runUnits } from './phases';
import { controlOf } from './team';
import type { FromThread, ToThread } from './thread-messages';

const PROGRESS_EVERY_MS = 100;
// Where it rests in between, a thread works for so long at a time: short enough that a desktop stays fluent.
const STRETCH_MS = 10;

const tell = (message: FromThread) => postMessage(message);
let at: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } | null = null;

// A thread hears no message until a phase is over: it is stopped, and told its pace, by words in the shared memory.
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
  let toldAt = performance.now();
  for (let started = toldAt; ; started = performance.now()) {
    const dutyPercent = Atomics.load(control, CONTROL.dutyPercent);
    const stretchMs = dutyPercent === 100 ? PROGRESS_EVERY_MS : STRETCH_MS;
    if (runUnits(bench, phase, layout, started + stretchMs)) return;
    const now = performance.now();
    if (now - toldAt >= PROGRESS_EVERY_MS) {
      tell({ kind: 'progress' });
      toldAt = now;
    }
    if (dutyPercent < 100) Atomics.wait(control, CONTROL.stop, 0, restFor(now - started, dutyPercent));
  }
}
