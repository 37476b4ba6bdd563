import { type ParseArgsConfig, parseArgs } from 'node:util';
import { plainName, slips } from './nearest-name';

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
  const name = plainName(rawName);
  return own.some((known) => {
    const ours = plainName(known);
    if (name.length >= SHORTEST_START && ours.startsWith(name)) return true;
    return slips(name, ours) <= Math.max(1, Math.floor(ours.length / 4));
  });
}
