import { describe, expect, it } from 'vitest';
import { namedIn } from '../formatting/error-text';
import { en } from './en';
import { ru } from './ru';

type Tree = { readonly [key: string]: string | Tree };

const english = flatten(en);
const russian = flatten(ru);

describe('locales', () => {
  it('say the same things in both languages', () => {
    expect(singular(russian)).toEqual(singular(english));
  });

  it('name the same values in both languages', () => {
    for (const [key, text] of russian) {
      const original = english.get(key) ?? english.get(key.replace(/_(few|many)$/, '_other'));
      expect([key, namedIn(text).sort()]).toEqual([key, namedIn(original ?? '').sort()]);
      expect([key, tagsIn(text)]).toEqual([key, tagsIn(original ?? '')]);
    }
  });

  it('leave nothing untranslated but names of the protocol', () => {
    const same = [...russian].filter(([key, text]) => english.get(key) === text && /[a-z]/i.test(text));
    expect(same.map(([, text]) => text).sort()).toEqual(
      [
        'ComputeChain Miner',
        'UUID',
        'WebGPU',
        'compute_root',
        'compute_root',
        'compute_root',
        'state_root',
        'tx_root',
        'tx_root',
      ].sort(),
    );
  });

  it('have every plural form that Russian needs', () => {
    for (const key of english.keys()) {
      const base = /^(.*)_other$/.exec(key)?.[1];
      if (base === undefined) continue;
      for (const form of new Intl.PluralRules('ru').resolvedOptions().pluralCategories) {
        expect(russian.has(`${base}_${form}`), `${base}_${form}`).toBe(true);
      }
    }
  });
});

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

function singular(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(/_(one|few|many|other)$/, '')))].sort();
}

function tagsIn(text: string): string[] {
  return text.match(/<\w+\/>/g) ?? [];
}
