/**
 * Expands a kernel template. Tint does not unroll loops and keeps bounds checks where sizes are not constant, so every
 * size is written out (matrix-mult-v1.md, "Engines"). `{NAME}` is a constant; the lines between `//#unroll i NAME` and
 * `//#end` are repeated with `{i}` from 0 to NAME − 1, and may nest.
 * @throws Error for a name without a value or an unroll without an end: a mistake in the template
 */
export function expandTemplate(template: string, constants: Readonly<Record<string, number>>): string {
  const lines = template.split('\n');
  const { text, next } = expandLines(lines, 0, constants);
  if (next !== lines.length) throw new Error('an //#end without its //#unroll');
  return text.join('\n');
}

type Expanded = { readonly text: string[]; readonly next: number };

function expandLines(
  lines: readonly string[],
  from: number,
  constants: Readonly<Record<string, number>>,
): Expanded {
  const text: string[] = [];
  let at = from;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (/^\s*\/\/#end/.test(line)) break;
    const unroll = /^\s*\/\/#unroll (\w+) (\w+)/.exec(line);
    if (unroll === null) {
      text.push(substitute(line, constants));
      at += 1;
      continue;
    }
    const [, name = '', count = ''] = unroll;
    const times = constants[count];
    if (times === undefined) throw new Error(`no value for ${count}`);
    let end = at + 1;
    for (let index = 0; index < times; index += 1) {
      const body = expandLines(lines, at + 1, { ...constants, [name]: index });
      text.push(...body.text);
      end = body.next;
    }
    if (end >= lines.length) throw new Error(`the unroll of ${name} has no end`);
    at = end + 1;
  }
  return { text, next: at };
}

function substitute(line: string, constants: Readonly<Record<string, number>>): string {
  return line.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = constants[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return String(value);
  });
}
