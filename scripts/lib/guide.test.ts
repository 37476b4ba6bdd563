import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src-main/app/exit-codes';
import { MESSAGE_TEXTS } from '../../src-main/app/message-texts';
import { HELP } from '../../src-main/app/options';
import { en } from '../../src-renderer/ui/locales/en';
import { ru } from '../../src-renderer/ui/locales/ru';
import { RECEIPT_TEXTS } from '../../src-shared/receipt/receipt-texts';

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'guide');
const LANGUAGES = ['en', 'ru'] as const;
type Language = (typeof LANGUAGES)[number];

const LOCALES = { en, ru };
const CHAPTERS = LANGUAGES.flatMap((language) =>
  readdirSync(join(GUIDE, language)).map((name) => ({ language, name, text: textOf(language, name) })),
);

describe('the user’s guide', () => {
  it('has the same chapters with the same places in both languages', () => {
    const places = (language: Language) =>
      CHAPTERS.filter((chapter) => chapter.language === language).map(({ name, text }) => [
        name,
        anchorsIn(text),
      ]);
    expect(places('ru')).toEqual(places('en'));
    expect(places('en').length).toBeGreaterThan(1);
  });

  it.each(CHAPTERS)('leads somewhere by each of its links: $language/$name', ({ language, name, text }) => {
    const broken = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)/g)].filter(
      ([, path = '', anchor]) => !leads(join(GUIDE, language, path === '' ? name : path), anchor),
    );
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(LANGUAGES)('quotes each message of an error as the app says it: %s', (language) => {
    const text = textOf(language, 'troubleshooting.md').replace(/\s+/g, ' ');
    const quoted = [...text.matchAll(/<a id="(\w+)"><\/a>\*\*(.*?)\*\*/g)];
    const wrong = quoted.filter(([, code = '', words = '']) => !saysOf(language, code).includes(words));
    expect(wrong.map(([, code]) => code)).toEqual([]);
    expect(quoted.length).toBeGreaterThan(50);
  });

  it.each(CHAPTERS)(
    'names what the app shows by the app’s own words: $language/$name',
    ({ language, text }) => {
      const known = new Set(
        [LOCALES[language], MESSAGE_TEXTS[language], RECEIPT_TEXTS[language]].flatMap(textsIn).map(shown),
      );
      const prose = withoutCode(text).replace(/\s+/g, ' ');
      const named = [...prose.matchAll(/(?<!\w)_([^_]+)_(?!\w)/g)].map(([, words = '']) => words);
      expect(named.filter((words) => !known.has(words))).toEqual([]);
    },
  );

  it.each(LANGUAGES)('names options that there are, and all that --help lists: %s', (language) => {
    const options = (text: string) => new Set(text.match(/--[a-z][a-z-]+/g));
    const named = options(textOf(language, 'rigs.md'));
    // Chromium's own; and how the app starts at login, which is no run without a window.
    named.delete('--no-sandbox');
    named.add('--hidden');
    expect([...named].toSorted()).toEqual([...options(HELP)].toSorted());
  });

  it.each(LANGUAGES)('has each exit code that there is, as --help does, and no other: %s', (language) => {
    const [table = ''] = textOf(language, 'rigs.md').split('<a id="exit"></a>').slice(1);
    const rows = [...(table.split('<a id=')[0]?.matchAll(/^\| (\d+)(?: \+ N)? +\|/gm) ?? [])];
    const codes = Object.values(EXIT_CODES).map(({ code }) => String(code));
    expect(rows.map(([, code]) => code)).toEqual(codes);
    for (const { code, when } of Object.values(EXIT_CODES))
      expect(HELP).toMatch(new RegExp(`^ +${code} +${when}$`, 'm'));
  });
});

function textOf(language: Language, name: string): string {
  return readFileSync(join(GUIDE, language, name), 'utf8');
}

function anchorsIn(text: string): string[] {
  return [...text.matchAll(/<a id="([\w-]+)">/g)].map(([, anchor = '']) => anchor);
}

/** Whether a file is there, and has the place. A heading is one too, by its words. */
function leads(path: string, anchor: string | undefined): boolean {
  if (!readdirSync(dirname(path)).includes(basename(path))) return false;
  if (anchor === undefined) return true;
  const text = readFileSync(path, 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, words = '']) =>
    words.toLowerCase().replaceAll(' ', '-'),
  );
  return [...anchorsIn(text), ...headings].includes(anchor);
}

/** The ways in which an error of this code is told; none for a code that there is not. */
function saysOf(language: Language, code: string): string[] {
  const { error, errorDetail } = LOCALES[language];
  return [error, errorDetail]
    .map((texts) => new Map(Object.entries(texts)).get(code))
    .filter((words) => words !== undefined)
    .map(shown);
}

/** A text with what is put into it left open. */
function shown(text: string): string {
  return text.replace(/\{\{\w+\}\}/g, '…').replace(/ ?<\w+\/>/g, '');
}

function textsIn(tree: unknown): string[] {
  if (typeof tree === 'string') return [tree];
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(textsIn) : [];
}

function withoutCode(text: string): string {
  return text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
}
