import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareProfile } from './profile';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterEach(() => rmSync(base, { recursive: true }));

describe('the folder of a profile', () => {
  it('is made for its owner alone, and those above it too', () => {
    const { folder } = prepareProfile(join(base, 'above', 'profile'));
    for (const made of [folder, join(base, 'above')]) expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('is named where it can’t be made', () => {
    writeFileSync(join(base, 'file'), '');
    const unwritable = expect.objectContaining({ code: 'profile_unwritable' });
    expect(() => prepareProfile(join(base, 'file', 'profile'))).toThrow(unwritable);
  });
});
