/// <reference lib="webworker" />
import { restFor } from '../pacer';
import { Control } from './control';
import { instantiateKernels, type Kernels } from './kernels';
import { scratchOf } from './layout';
import { runUnits } from './phases';
import type { FromThread, ToThread } from './thread-messages';

const PROGRESS_EVERY_MS = 100;
// Where it rests in between, a thread works for so long at a time: short enough that a desktop stays fluent.
const STRETCH_MS = 10;

const tell = (message: FromThread) => postMessage(message);
let at: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } | null = null;

// A thread hears no message until its work is over: it is stopped, and told its pace, by words in the shared memory.
addEventListener('message', ({ data }: MessageEvent<ToThread>) => {
  if (data.kind === 'attach')
    at = { memory: data.memory, kernels: instantiateKernels(data.module, data.memory) };
  else work(data);
  tell({ kind: 'done' });
});

function work({ phases, layout, thread }: Extract<ToThread, { kind: 'run' }>): void {
  if (at === null) throw new Error('no memory attached');
  const control = new Control(at.memory, layout.control);
  const bench = { ...at, control, scratch: scratchOf(layout, thread) };
  let toldAt = performance.now();
  const tellNowAndThen = (now: number) => {
    if (now - toldAt < PROGRESS_EVERY_MS) return;
    tell({ kind: 'progress' });
    toldAt = now;
  };
  for (const [index, phase] of phases.entries()) {
    for (let started = performance.now(); ; started = performance.now()) {
      const { dutyPercent } = control;
      const stretchMs = dutyPercent === 100 ? PROGRESS_EVERY_MS : STRETCH_MS;
      const isDone = runUnits(bench, phase, layout, started + stretchMs);
      const now = performance.now();
      tellNowAndThen(now);
      if (dutyPercent < 100) control.rest(restFor(now - started, dutyPercent));
      if (isDone) break;
    }
    control.meet(index);
  }
}
