/** A name without what is easily got wrong: dashes, underscores, capitals. */
export function plainName(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/** The known name that is least unlike another; of several the first. @param known at least one */
export function nearestName(name: string, known: readonly string[]): string {
  const distances = known.map((one) => slips(plainName(name), plainName(one)));
  return known[distances.indexOf(Math.min(...distances))] ?? '';
}

/** How many letters were left out, put in, taken for another, or swapped with the next (Damerau, "optimal string alignment"). */
export function slips(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
