import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { LICENCES, makeLicences } from './licences.mjs';

it('the licences of all packages in the app are kept as they are now: npm run licences makes them anew', () => {
  expect(readFileSync(LICENCES, 'utf8') === makeLicences()).toBe(true);
});
