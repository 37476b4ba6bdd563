/** What a figure should reach. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** Instead of a value: why there is none. Nothing is estimated in its place. */
export type Untested = { readonly untested: string };

/** One measured value; `value` is null where it could not be measured here. */
export type Figure = {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  /** In words, null where there is none. */
  readonly goal: string | null;
  /** Null where there is no goal or no value. */
  readonly met: boolean | null;
  /** Why there is no value; null where there is one. */
  readonly untested: string | null;
};

export function untested(why: string): Untested {
  return { untested: why };
}

/** A figure, judged by its goal. */
export function figure(
  name: string,
  value: number | Untested,
  unit: string,
  goal: Goal | null = null,
): Figure {
  const inWords = goal === null ? null : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
  if (typeof value !== 'number')
    return { name, value: null, unit, goal: inWords, met: null, untested: value.untested };
  const met = goal === null ? null : reaches(value, goal);
  return { name, value, unit, goal: inWords, met, untested: null };
}

function reaches(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}
