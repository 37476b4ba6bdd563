import type { LaneStatus } from '../../../src-shared/compute/lane-status';

const MINUTE_MS = 60_000;
const NOW = Date.now();

/** A card as its lane tells of it once it was measured at every size. */
export const CARD: Partial<LaneStatus> = {
  state: 'ready',
  engine: 'webgpu',
  engineReason: 'real_adapter',
  adapter: {
    vendor: 'nvidia',
    architecture: 'ampere',
    device: '0x2504',
    description: 'NVIDIA GeForce RTX 3060 Laptop GPU (GA106M, 6144 MiB)',
    software: false,
    maxBufferBytes: 2 ** 31 - 4,
    packedDot: true,
  },
  driver: 'NVIDIA UNIX x86_64 Kernel Module 550.163.01',
  error: null,
  kernels: [
    {
      sizeClass: 'small',
      kernel: 'registers',
      measured: [
        { name: 'registers', ran: true, exact: true, gops: 1184.2 },
        { name: 'f32-tiled', ran: true, exact: true, gops: 906.71 },
        { name: 'dp4a-tiled', ran: true, exact: true, gops: 1101.9 },
      ],
      wholeTask: null,
      measuredAtMs: NOW - 3 * MINUTE_MS,
    },
    {
      sizeClass: 'medium',
      kernel: 'dp4a-tiled',
      measured: [
        { name: 'registers', ran: true, exact: true, gops: 4930 },
        { name: 'f32-tiled', ran: true, exact: false, gops: 0 },
        { name: 'dp4a-tiled', ran: true, exact: true, gops: 12_410 },
      ],
      wholeTask: null,
      measuredAtMs: NOW - 26 * 60 * MINUTE_MS,
    },
    {
      sizeClass: 'large',
      kernel: null,
      measured: [
        { name: 'registers', ran: true, exact: false, gops: 0 },
        { name: 'f32-tiled', ran: true, exact: false, gops: 0 },
        { name: 'dp4a-tiled', ran: true, exact: false, gops: 0 },
      ],
      wholeTask: null,
      measuredAtMs: NOW - 50 * 24 * 60 * MINUTE_MS,
    },
  ],
  measuring: false,
  lastGops: 11_870,
  selfChecksPassed: 12_408,
  selfChecksFailed: 0,
};

/** The same card after wrong results of every sort. */
export const QUARANTINED_CARD: Partial<LaneStatus> = {
  ...CARD,
  engine: 'cpu',
  engineReason: 'quarantined',
  measuring: true,
  quarantinedSinceMs: NOW - 12 * MINUTE_MS,
  selfCheckFailures: [
    { atMs: NOW - 12 * MINUTE_MS, matrixSize: 1024, why: 'product' },
    { atMs: NOW - 17 * MINUTE_MS, matrixSize: 16_384, why: 'digest' },
    { atMs: NOW - 44 * MINUTE_MS, matrixSize: 1024, why: 'range' },
  ],
  lastFailure: {
    atMs: NOW - 12 * MINUTE_MS,
    error: {
      code: 'self_check_failed',
      message: 'The result of webgpu failed its self-check: product.',
      remedy: 'wait',
      retryable: true,
      params: { why: 'product' },
    },
  },
  selfChecksFailed: 3,
};
