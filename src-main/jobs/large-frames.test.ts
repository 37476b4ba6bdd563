import { expect, it, vi } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { readerHere } from './frame-reader';
import { LargeFrames } from './large-frames';
import type { MatricesFolder } from './matrices-folder';
import type { Frame } from './read-job';

const [rows, inner, columns] = [3, 5, 2];
const JOB = Buffer.from(
  JSON.stringify({
    type: 'job',
    job_id: 'one',
    task_id: '5f0c1d8e-0000-0000-0000-0123456789ab',
    payload: {
      challenge_type: 'matrix_mult',
      rows,
      inner,
      columns,
      a: Buffer.alloc(rows * inner).toString('base64'),
      b: Buffer.alloc(inner * columns).toString('base64'),
    },
  }),
);

it.each([
  [1 << 30, 1, { kind: 'job', job: { jobId: 'one', payload: { file: 'file' } } }],
  [(1 << 30) + 1, 0, { kind: 'refused', jobId: 'one', code: 'busy', message: 'full' }],
])(
  'where matrices of %i bytes wait on the disk, those of so many more jobs are written: %i',
  async (bytes, written, becomes) => {
    const write = vi.fn(async () => 'file');
    const frames: Frame[] = [];
    const large = new LargeFrames({
      store: { find: () => null },
      matrices: { bytes, write } as unknown as MatricesFolder, // all that is asked of it
      frameReader: readerHere,
      validator: 'ws://127.0.0.1:9/worker',
      clock: new VirtualClock(),
      refusal: () => null,
      busy: { code: 'busy', message: 'full' },
      onFrame: (frame) => frames.push(frame),
      onError: (error) => {
        throw error;
      },
    });
    await large.take(JOB, 1 << 20);
    expect(frames).toMatchObject([becomes]);
    expect(write).toHaveBeenCalledTimes(written);
  },
);
