import { cpus, totalmem } from 'node:os';

/** What a figure should reach. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** One measured value; `value` is null where it could not be measured here. */
export type Figure = {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  /** In words, null where there is none. */
  readonly goal: string | null;
  /** Null where there is no goal or no value. */
  readonly met: boolean | null;
};

/** A figure, judged by its goal. */
export function figure(name: string, value: number | null, unit: string, goal: Goal | null = null): Figure {
  return {
    name,
    value,
    unit,
    goal: goal === null ? null : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`,
    met: goal === null || value === null ? null : reaches(value, goal),
  };
}

function reaches(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** Prints figures, as a table or as JSON. @returns the exit code: 1 where a goal is missed */
export function report(figures: readonly Figure[], json: boolean): number {
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`;
  if (json) console.log(JSON.stringify({ machine, figures }));
  else {
    console.log(machine);
    const width = Math.max(...figures.map(({ name }) => name.length));
    for (const { name, value, unit, goal, met } of figures) {
      const mark = met === null ? ' ' : met ? '✓' : '✗';
      const shown = value === null ? 'not measured' : `${toText(value)} ${unit}`.trim();
      console.log(`${mark} ${name.padEnd(width)}  ${shown}${goal === null ? '' : `  (goal ${goal})`}`);
    }
  }
  return figures.some(({ met }) => met === false) ? 1 : 0;
}

function toText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The middle value; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
