import type { Clock } from '../clock/clock';

// On Linux Electron makes the tray's menu anew for each tooltip, which closes it where it is open.
const EVERY_MS: Partial<Record<NodeJS.Platform, number>> = { linux: 5 * 60_000 };

/** When the tray's tooltip is to be another one: with each state at once, and else as often as the system bears it. */
export class ToolTipPace {
  readonly #monotonic: Clock['monotonic'];
  readonly #everyMs: number;
  #kind = '';
  #toolTip = '';
  #setAt = 0;

  constructor(platform: NodeJS.Platform, monotonic: Clock['monotonic']) {
    this.#everyMs = EVERY_MS[platform] ?? 0;
    this.#monotonic = monotonic;
  }

  /** Whether it is to be set now; then it counts as set. @param kind of the miner's state */
  isDue(toolTip: string, kind: string): boolean {
    if (toolTip === this.#toolTip) return false;
    if (kind === this.#kind && this.#monotonic() - this.#setAt < this.#everyMs) return false;
    this.#kind = kind;
    this.#toolTip = toolTip;
    this.#setAt = this.#monotonic();
    return true;
  }
}
