import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { makeVerifyPage, VERIFY_PAGE } from './verify-page.mjs';

it('the page that checks receipts is made of the sources as they are: npm run verify-page makes it anew', async () => {
  expect(readFileSync(VERIFY_PAGE, 'utf8') === (await makeVerifyPage())).toBe(true);
});
