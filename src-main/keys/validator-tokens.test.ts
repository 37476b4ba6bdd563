import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../storage/database';
import { SettingsStore } from '../storage/settings-store';
import type { SecretVault } from './secret-vault';
import { ValidatorTokens } from './validator-tokens';

const ONE = 'wss://one.example/worker';
const OTHER = 'wss://other.example/worker';

let database: ReturnType<typeof openDatabase>['database'];
let asked = 0;
let kept: Map<string, string>;
let told: string[];

const vault: SecretVault = {
  readText: async (name) => {
    asked += 1;
    return kept.get(name) ?? null;
  },
  writeText: async (name, text) => void kept.set(name, text),
  forgetText: async (name) => void kept.delete(name),
};

const tokens = (forRun: { validator: string; token: string } | null = null) =>
  new ValidatorTokens({
    settings: new SettingsStore(database),
    openVault: async () => vault,
    forRun,
    onChange: (validator) => told.push(validator),
  });

beforeEach(() => {
  database = openDatabase(':memory:', 0).database;
  kept = new Map();
  asked = 0;
  told = [];
});
afterEach(() => database.close());

describe('the tokens of validators', () => {
  it('are each for one validator, and still there after a restart', async () => {
    await tokens().keep(ONE, ' "Bearer abc.DEF-123_~+/=" \n');
    expect(tokens().of(ONE)).toBe('kept');
    expect(await tokens().read(ONE)).toBe('abc.DEF-123_~+/=');
    expect(tokens().of(OTHER)).toBeNull();
    expect(await tokens().read(OTHER)).toBeNull();
    expect(told).toEqual([ONE]);
  });

  it('are known of a thousand validators, the newest', async () => {
    const others = Array.from({ length: 999 }, (_, index) => `wss://${index}.example`);
    new SettingsStore(database).set('validators.withToken', [ONE, ...others]);
    expect(tokens().of(ONE)).toBe('kept');
    await tokens().keep(OTHER, 'last');
    expect([tokens().of(ONE), tokens().of(OTHER)]).toEqual([null, 'kept']);
  });

  it('are not looked for in the vault where none was kept', async () => {
    expect(await tokens().read(ONE)).toBeNull();
    expect(asked).toBe(0);
  });

  it('are gone once they are forgotten, here or in the vault', async () => {
    await tokens().keep(ONE, 'one');
    await tokens().keep(OTHER, 'other');
    await tokens().forget(ONE);
    expect([tokens().of(ONE), tokens().of(OTHER)]).toEqual([null, 'kept']);
    kept.clear();
    expect(await tokens().read(OTHER)).toBeNull();
    expect(tokens().of(OTHER)).toBeNull();
  });

  it('are never in the database', async () => {
    await tokens().keep(ONE, 'canary-bird');
    const rows = database.all('SELECT * FROM settings');
    expect(JSON.stringify(rows)).toContain('one.example');
    expect(JSON.stringify(rows)).not.toContain('canary-bird');
  });

  it('of one run go before what is kept, for that run’s validator alone', async () => {
    await tokens().keep(ONE, 'kept');
    const run = tokens({ validator: ONE, token: 'given' });
    expect([run.of(ONE), run.of(OTHER)]).toEqual(['given', null]);
    expect(await run.read(ONE)).toBe('given');
    expect(await tokens().read(ONE)).toBe('kept');
  });

  it.each(['', ' ', 'two words', 'línea', 'a\u0000b', 'x'.repeat(1025)])(
    'are refused, and not repeated, where %j is typed',
    async (typed) => {
      const refused = tokens().keep(ONE, typed);
      await expect(refused).rejects.toMatchObject({ code: 'invalid_token' });
      if (typed.trim() !== '')
        await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(typed) });
      expect(kept.size).toBe(0);
    },
  );
});
