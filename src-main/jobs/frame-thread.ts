// The thread of `ThreadReader`: reads one frame after another.
import { parentPort } from 'node:worker_threads';
import { type FrameRead, type FrameToRead, readLargeFrame } from './frame-reader';

parentPort?.on('message', ({ id, bytes, frameBytes }: FrameToRead) => {
  const frame = readLargeFrame(bytes, frameBytes);
  const message: FrameRead = { id, frame };
  const matrices = frame.kind === 'large_job' ? frame.matrices : null;
  parentPort?.postMessage(
    message,
    matrices === null ? [] : ([matrices.a.buffer, matrices.b.buffer] as ArrayBuffer[]),
  );
});
