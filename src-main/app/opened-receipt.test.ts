import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openedReceipt, receiptMessage } from './opened-receipt';

const folder = mkdtempSync(join(tmpdir(), 'receipt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a receipt among the arguments', () => {
  it.each([
    [['--hidden', '/home/a/r.cpcreceipt'], '/home/a/r.cpcreceipt'],
    [['r.CpcReceipt'], '/here/r.CpcReceipt'],
    [['file:///home/a/with%20space.cpcreceipt'], '/home/a/with space.cpcreceipt'],
  ])('of %j is %s', (args, path) => {
    expect(openedReceipt(args, '/here')).toBe(path);
  });

  it.each(['--profile=r.cpcreceipt', 'r.json', 'cpcreceipt', 'file://elsewhere/r.cpcreceipt'])(
    'is not %s',
    (argument) => {
      expect(openedReceipt([argument], '/here')).toBeNull();
    },
  );
});

describe('what is said of a file', () => {
  const written = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it.each([
    ['that is no JSON', () => written('text.cpcreceipt', 'hello')],
    ['that is none', () => join(folder, 'none.cpcreceipt')],
    ['that is a folder', () => folder],
    ['that is longer than any', () => written('long.cpcreceipt', 'x'.repeat(8 * 2 ** 20 + 1))],
  ])('%s is that it is no receipt, with why', async (_what, path) => {
    const { type, message, detail } = await receiptMessage(path(), 'en');
    expect({ type, message }).toEqual({ type: 'error', message: 'This file is no receipt' });
    expect(detail.split('\n').length).toBeGreaterThan(2);
  });

  it('is in Russian where that is spoken', async () => {
    expect((await receiptMessage(written('r.cpcreceipt', '{}'), 'ru')).message).toBe('Это не квитанция');
  });
});
