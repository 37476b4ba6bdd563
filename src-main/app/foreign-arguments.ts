import { type ParseArgsConfig, parseArgs } from 'node:util';

// A shorter start of a name says nothing.
const SHORTEST_START = 4;

/**
 * Which of the arguments are none of ours: files, addresses, and options of other programs. An option that is all but
 * one of ours is a slip of the pen, and left in for the parser to refuse.
 * @param options ours, by name
 * @returns their places among `args`
 */
export function foreignArguments(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): ReadonlySet<number> {
  const own = Object.keys(options);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const foreign = tokens.filter((token) => token.kind !== 'option' || !isOurs(token.rawName, own));
  return new Set(foreign.map(({ index }) => index));
}

function isOurs(rawName: string, own: readonly string[]): boolean {
  const name = plain(rawName);
  return own.some((known) => {
    const ours = plain(known);
    if (name.length >= SHORTEST_START && ours.startsWith(name)) return true;
    return slips(name, ours) <= Math.max(1, Math.floor(ours.length / 4));
  });
}

/** A name without what is easily got wrong: dashes, underscores, capitals. */
function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/** How many letters were left out, put in, taken for another, or swapped with the next (Damerau, "optimal string alignment"). */
function slips(from: string, to: string): number {
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
