import type { AdapterInfo } from '../../src-shared/compute/adapter';
import type { SelfCheckFailure } from '../../src-shared/compute/lane-status';
import type { KernelChoice, SizeClass } from '../../src-shared/ipc/kernel-choice';
import type { KernelChoices } from '../storage/kernel-choices';
import type { Quarantine } from '../storage/quarantine';
import type { Obstacle } from './choose-engine';

/** What tells one adapter from another: with another driver or app everything is measured anew. */
export type AdapterIdentity = AdapterInfo & {
  readonly driver: string | null;
  readonly appVersion: string;
  /** Which of several identical cards, from 0. */
  readonly ordinal: number;
};

/** What was learnt of one adapter; all but its room is kept over restarts. */
export class AdapterRecord {
  readonly #key: string;
  /** Without driver and app: neither makes a bad card good by itself, and a driver may go unnamed for once. */
  readonly #bareKey: string;
  readonly #choices: KernelChoices;
  readonly #quarantine: Quarantine;
  #kernels: readonly KernelChoice[];
  #quarantinedSinceMs: number | null;
  #failures: readonly SelfCheckFailure[];
  #tooLargeFrom = Number.POSITIVE_INFINITY;

  constructor(identity: AdapterIdentity, choices: KernelChoices, quarantine: Quarantine, now: number) {
    this.#key = keyOf(identity);
    this.#bareKey = bareKeyOf(identity);
    this.#choices = choices;
    this.#quarantine = quarantine;
    this.#kernels = choices.of(this.#key);
    this.#quarantinedSinceMs = quarantine.since(this.#bareKey);
    this.#failures = quarantine.failures(this.#bareKey, now);
  }

  isOf(identity: AdapterIdentity): boolean {
    return keyOf(identity) === this.#key;
  }

  get kernels(): KernelChoice[] {
    return [...this.#kernels];
  }

  get quarantinedSinceMs(): number | null {
    return this.#quarantinedSinceMs;
  }

  /** Wrong results and breakdowns, newest first. */
  get failures(): SelfCheckFailure[] {
    return [...this.#failures];
  }

  kernelFor(sizeClass: SizeClass): KernelChoice | null {
    return this.#kernels.find((choice) => choice.sizeClass === sizeClass) ?? null;
  }

  /** What keeps the adapter from being used for a size, or null. */
  obstacle(n: number, sizeClass: SizeClass): Obstacle {
    if (this.#quarantinedSinceMs !== null) return 'quarantined';
    if (this.kernelFor(sizeClass)?.kernel === null) return 'no_exact_kernel';
    return n >= this.#tooLargeFrom ? 'too_large' : null;
  }

  /** @throws AppError `disk_full`, `database_failed`; the choice holds until the app ends all the same */
  keep(choice: KernelChoice): void {
    this.#kernels = [...this.#kernels.filter(({ sizeClass }) => sizeClass !== choice.sizeClass), choice];
    this.#choices.save(this.#key, choice);
  }

  /** It had no room for a size. */
  tooLarge(n: number): void {
    this.#tooLargeFrom = Math.min(this.#tooLargeFrom, n);
  }

  /** Takes in a wrong result or a breakdown. @returns whether the adapter is quarantined because of it */
  addFailure(failure: SelfCheckFailure): boolean {
    const quarantined = this.#quarantine.add(this.#bareKey, failure);
    this.#failures = this.#quarantine.failures(this.#bareKey, failure.atMs);
    this.#quarantinedSinceMs = this.#quarantine.since(this.#bareKey);
    return quarantined;
  }

  /** Lets the adapter be used again. */
  release(): void {
    this.#quarantine.release(this.#bareKey);
    this.#failures = [];
    this.#quarantinedSinceMs = null;
  }
}

function bareKeyOf(identity: AdapterIdentity): string {
  return JSON.stringify([...nameOf(identity), ...ordinalOf(identity)]);
}

function keyOf(identity: AdapterIdentity): string {
  const { driver, appVersion } = identity;
  return JSON.stringify([...nameOf(identity), driver, appVersion, ...ordinalOf(identity)]);
}

function nameOf({ vendor, architecture, device, description }: AdapterIdentity): string[] {
  return [vendor, architecture, device, description];
}

/** Nothing for the first card, so that what was kept of an only card still holds. */
function ordinalOf({ ordinal }: AdapterIdentity): number[] {
  return ordinal === 0 ? [] : [ordinal];
}
