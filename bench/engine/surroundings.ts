import type { KernelName } from '../../src-shared/ipc/kernel-choice';
import { KERNEL_NAMES } from '../../src-shared/ipc/kernel-choice';
import type { ComputePage } from './compute-page';
import { type ContenderName, type PeakName, RIVALS } from './measure';

/** On a software adapter all that runs there is compared up to this N; beyond, each product takes seconds. */
const LARGEST_COMPARED = 512;
/** On a software adapter, the largest N at which the one variant that the engine would take is measured. */
const LARGEST_ON_SOFTWARE = 1024;
/** One dispatch of the naive kernel does the whole product: beyond this a watchdog may end it. */
const LARGEST_NAIVE = 2048;

/** What the bench runs on, as far as it decides what is measured. */
export type Surroundings = {
  /** Threads of the CPU engine: one a core, at most 16. */
  readonly threads: number;
  readonly adapter: ComputePage['adapter'];
  readonly hasDp4a: boolean;
};

export async function surroundingsOf(page: ComputePage): Promise<Surroundings> {
  return { threads: Math.min(await page.cores, 16), adapter: page.adapter, hasDp4a: await page.hasDp4a };
}

/** The product's variants measured at a size. */
export function kernelsAt(n: number, { adapter, hasDp4a }: Surroundings): KernelName[] {
  if (adapter === null || (adapter.software && n > LARGEST_ON_SOFTWARE)) return [];
  if (adapter.software && n > LARGEST_COMPARED) return ['registers'];
  return KERNEL_NAMES.filter((name) => hasDp4a || name !== 'dp4a-tiled');
}

/** What the variants are compared with at a size. */
export function othersAt(n: number, { adapter }: Surroundings): Exclude<ContenderName, KernelName>[] {
  if (adapter === null || (adapter.software && n > LARGEST_COMPARED)) return [];
  return n > LARGEST_NAIVE ? [...RIVALS] : ['naive', ...RIVALS];
}

/** The instructions whose peak is measured. */
export function peaksOf({ adapter, hasDp4a }: Surroundings): PeakName[] {
  if (adapter === null) return [];
  return hasDp4a ? ['dp4a', 'fma'] : ['fma'];
}

/** The adapter in words. */
export function adapterName({ adapter }: Surroundings): string {
  if (adapter === null) return 'no WebGPU adapter';
  const { vendor, architecture, device, description, software } = adapter;
  const words = [vendor, architecture, device, description].filter(Boolean).join(' ');
  return `WebGPU adapter: ${words || 'unnamed'}${software ? ' (software)' : ''}`;
}
