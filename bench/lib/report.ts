import { cpus, totalmem } from 'node:os';
import type { Figure } from './figures';

export type ReportOptions = {
  readonly json: boolean;
  /** What else of the machine matters to the figures, such as its graphics adapter. */
  readonly device?: string;
};

/**
 * Prints figures, as a table or as JSON; why one is untested has no place in that, and goes to stderr.
 * @returns the exit code: 1 where a goal is missed
 */
export function report(figures: readonly Figure[], { json, device }: ReportOptions): number {
  const machine = [
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
    ...(device === undefined ? [] : [device]),
  ].join('; ');
  console.log(json ? toJson(machine, figures) : toTable(machine, figures));
  if (json) {
    for (const { name, untested } of figures) if (untested !== null) console.error(`– ${name}: ${untested}`);
  }
  return figures.some(({ met }) => met === false) ? 1 : 0;
}

/** The figures as programs read them; one without a value has `value` and `met` null. */
export function toJson(machine: string, figures: readonly Figure[]): string {
  const plain = figures.map(({ name, value, unit, goal, met }) => ({ name, value, unit, goal, met }));
  return JSON.stringify({ machine, figures: plain });
}

/** The figures as a person reads them: ✓ or ✗ where there is a goal, a dash where it is untested, and why. */
export function toTable(machine: string, figures: readonly Figure[]): string {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  const lines = figures.map(({ name, value, unit, goal, met, untested }) => {
    const mark = untested !== null ? '–' : met === null ? ' ' : met ? '✓' : '✗';
    const shown = value === null ? `untested: ${untested}` : `${toText(value)} ${unit}`.trim();
    return `${mark} ${name.padEnd(width)}  ${shown}${goal === null ? '' : `  (goal ${goal})`}`;
  });
  return [machine, ...lines].join('\n');
}

function toText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
