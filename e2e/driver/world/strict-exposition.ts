/** One value with its labels, as it was read. */
export type ReadSample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** A metric as it was read. */
export type ReadFamily = {
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly ReadSample[];
};

type Family = { type: ReadFamily['type'] | null; help: string | null; samples: ReadSample[] };

const COMMENT = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;
const VALUE = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)$/;
// Prometheus, "Metric and label naming": base units, and what a unit is not.
const NOT_BASE_UNITS = /_(?:ms|milliseconds|minutes|hours|kb|mb|mib|percent|fahrenheit|kw|units)(?:_|$)/;

/**
 * Reads Prometheus text (format 0.0.4) by the letter: a metric's lines together, HELP and TYPE once and before its values, no
 * series twice, counters as `_total`, `_info` always 1. @throws Error with the line where it is otherwise
 */
export function readExposition(text: string): Map<string, ReadFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  let current = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const refuse = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    const comment = COMMENT.exec(line);
    const sample = comment === null ? SAMPLE.exec(line) : null;
    const name = comment?.[2] ?? sample?.[1] ?? refuse('neither a comment nor a value');
    if (name !== current && families.has(name)) refuse('the lines of a metric are apart');
    current = name;
    const family = families.get(name) ?? { type: null, help: null, samples: [] };
    families.set(name, family);
    if (comment !== null) readComment(family, name, comment, refuse);
    else if (sample !== null) family.samples.push(readSample(family, name, sample, refuse));
  }
  return new Map([...families].map(([name, family]) => [name, whole(name, family)]));
}

function readComment(
  family: Family,
  name: string,
  [, kind, , rest = '']: RegExpExecArray,
  refuse: (why: string) => never,
): void {
  if (family.samples.length > 0) refuse('a comment after values');
  if (kind === 'HELP') {
    if (family.help !== null) refuse('HELP twice');
    if (/\\(?![\\n])/.test(rest)) refuse('an escape that HELP does not have');
    family.help = rest;
    return;
  }
  if (family.type !== null) refuse('TYPE twice');
  const type = rest === 'counter' || rest === 'gauge' ? rest : refuse('a type that is not used here');
  if ((type === 'counter') !== name.endsWith('_total'))
    refuse('a counter ends with _total, and nothing else does');
  if (NOT_BASE_UNITS.test(name)) refuse('no base unit');
  family.type = type;
}

function readSample(
  family: Family,
  name: string,
  [, , braced, text = '']: RegExpExecArray,
  refuse: (why: string) => never,
): ReadSample {
  if (family.help === null || family.type === null) refuse('a value before HELP and TYPE');
  if (!VALUE.test(text)) refuse('no number');
  const value = Number(text.replace('Inf', 'Infinity'));
  const labels = braced === undefined ? {} : readLabels(braced.slice(1, -1), refuse);
  const key = (of: ReadSample['labels']) => JSON.stringify(Object.entries(of).toSorted());
  if (family.samples.some((other) => key(other.labels) === key(labels))) refuse('a series twice');
  if (name.endsWith('_info') && value !== 1) refuse('an info that is not 1');
  if (family.type === 'counter' && !(value >= 0)) refuse('a counter below 0');
  return { labels, value };
}

function readLabels(text: string, refuse: (why: string) => never): Record<string, string> {
  const labels = new Map<string, string>();
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name = '', value = ''] = LABEL.exec(text) ?? refuse('no label');
    if (name.startsWith('__') || labels.has(name)) refuse('a label twice, or of Prometheus itself');
    labels.set(
      name,
      value.replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char)),
    );
  }
  return Object.fromEntries(labels);
}

function whole(name: string, { type, help, samples }: Family): ReadFamily {
  if (type === null || help === null || samples.length === 0) throw new Error(`${name} is not whole`);
  return { type, help, samples };
}
