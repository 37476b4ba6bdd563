import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../e2e/driver/world/strict-csv';
import { csvLine } from './csv';

const awkward = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'=+-@"\',;\t\r\n ＝－я'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
  ),
});
const value = fc.oneof(awkward, fc.integer(), fc.bigInt().map(String), fc.constant(null));
const records = fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

describe('a CSV file', () => {
  it('is read back as what went into it, but for the apostrophe before what looks like a formula', () => {
    fc.assert(
      fc.property(records, (all) => {
        const read = parseCsv(all.map(csvLine).join(''));
        expect(read.map((fields) => fields.length)).toEqual(all.map((fields) => fields.length));
        for (const [index, fields] of all.entries())
          for (const [column, given] of fields.entries()) {
            const got = read[index]?.[column] ?? '';
            const text = given === null ? '' : String(given);
            expect([text, `'${text}`]).toContain(got);
          }
      }),
    );
  });

  it('has no cell that a spreadsheet would compute', () => {
    fc.assert(
      fc.property(records, (all) => {
        for (const field of parseCsv(all.map(csvLine).join('')).flat())
          expect(field).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });

  it('has harmless values as they are', () => {
    expect(csvLine(['a', 7, null, '2100000000000000000000'])).toBe('a,7,,2100000000000000000000\r\n');
    expect(csvLine(['say "hi"', 'a,b', 'two\r\nlines'])).toBe('"say ""hi""","a,b","two\r\nlines"\r\n');
    expect(csvLine(['=1+1', '-5', '@SUM(A1)', '\tx', "'=1"])).toBe("'=1+1,'-5,'@SUM(A1),'\tx,'=1\r\n");
  });
});
