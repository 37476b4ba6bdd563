import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError, type ErrorReport, toErrorReport } from '../../src-shared/errors';
import { Listeners } from '../async/listeners';
import type { Miner, MinerChange } from '../open-miner';
import { Hands } from './hands';
import type { AppOptions } from './options';
import { takePassphrase } from './passphrase';
import { readInput } from './read-input';

const BACKUP = JSON.stringify({ version: 1, sealed: 'ab' });

const NOTHING = { auto: false, importKey: null, backUpKey: null, createKey: false, acceptChain: false };

/** A miner as far as hands touch it, and what they did and told. */
function scene(
  wanted: Partial<
    Omit<typeof NOTHING, 'importKey' | 'backUpKey'> & Pick<AppOptions, 'importKey' | 'backUpKey'>
  >,
) {
  const did: string[] = [];
  const told: unknown[] = [];
  const changes = new Listeners<MinerChange>((error) => {
    throw error;
  });
  const session = { head: { error: null as ErrorReport | null }, faucet: { available: false } };
  const miner = {
    changes,
    account: {
      state: { state: 'none', address: null as string | null },
      backUp: async (passphrase: string) => `sealed with ${passphrase}`,
    },
    keys: {
      create: async () => void did.push('create'),
      checkBackup: async (address: string, text: string) => void did.push(`check ${address}: ${text}`),
      importOwn: async (text: string) => void did.push(`import ${text}`),
      restoreOwn: async (text: string, passphrase: string) => void did.push(`restore ${text}: ${passphrase}`),
    },
    node: { session, required: { acceptChain: () => void did.push('accept') } },
  };
  const hands = new Hands(miner as unknown as Miner, { ...NOTHING, ...wanted }, (event) => told.push(event));
  const shows = (actual: string) => {
    const params = { expected: 'cpc-devnet-1 aa', actual };
    session.head.error = toErrorReport(
      new AppError('chain_mismatch', 'another chain', { remedy: 'accept_chain', params }),
    );
    changes.tell('node');
    return session.head.error;
  };
  return { miner, session, hands, did, told, shows };
}

describe('without a window', () => {
  it('a key is imported from what a file says, or made where there is none', async () => {
    const imported = scene({ importKey: 'key.hex' });
    await imported.hands.bringKey(async (file) => `text of ${file}`, undefined);
    expect(imported.did).toEqual(['import text of key.hex']);
    const made = scene({ createKey: true });
    await made.hands.bringKey(async () => '', undefined);
    expect(made.did).toEqual(['create']);
    const there = scene({ createKey: true });
    there.miner.account.state = { state: 'ready', address: 'cpc1' };
    await there.hands.bringKey(async () => '', undefined);
    expect(there.did).toEqual([]);
  });

  it('a sealed copy is imported with the passphrase of the run, and with no other', async () => {
    const { hands, did } = scene({ importKey: 'copy.json' });
    const read = async () => BACKUP;
    await expect(hands.bringKey(read, undefined)).rejects.toMatchObject({ code: 'invalid_argument' });
    await hands.bringKey(read, 'x');
    expect(did).toEqual([`restore ${BACKUP}: x`]);
  });

  it('a sealed copy of the key is kept and opened, with the passphrase of the run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hands-'));
    const file = join(folder, 'copy.json');
    const { hands, miner, did } = scene({ backUpKey: file });
    await expect(hands.backUp(undefined)).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(hands.backUp('x')).rejects.toMatchObject({ code: 'key_missing' });
    miner.account.state = { state: 'ready', address: 'cpc1' };
    await hands.backUp('x');
    expect(did).toEqual(['check cpc1: sealed with x']);
    rmSync(folder, { recursive: true });
  });

  it('another chain is agreed to once, after both were told, and only where that was asked for', () => {
    const { hands, did, told, shows } = scene({ acceptChain: true });
    const first = shows('cpc-devnet-1 bb');
    expect(told).toEqual([
      { event: 'chain_accepted', expected: 'cpc-devnet-1 aa', actual: 'cpc-devnet-1 bb' },
    ]);
    shows('cpc-devnet-1 bb');
    expect(did).toEqual(['accept']);
    expect(hands.isOnIt(first)).toBe(true);
    const second = shows('cpc-devnet-1 cc');
    expect(did).toEqual(['accept']);
    expect(hands.isOnIt(second)).toBe(false);
    const unasked = scene({});
    const error = unasked.shows('cpc-devnet-1 bb');
    expect([unasked.did, unasked.hands.isOnIt(error)]).toEqual([[], false]);
  });

  it('nobody ends for want of a key that is being made', () => {
    const missing = toErrorReport(new AppError('key_missing', 'none yet'));
    const { hands, session } = scene({ auto: true });
    expect(hands.isOnIt(missing)).toBe(false);
    session.faucet.available = true;
    expect(hands.isOnIt(missing)).toBe(true);
  });
});

describe('a file that the command line names', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'input-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (text: string | Buffer) => {
    writeFileSync(join(folder, 'file'), text, { mode: 0o600 });
    return join(folder, 'file');
  };

  it('is read whole', async () => {
    expect(await readInput('import-key', file('é key\n'))).toBe('é key\n');
  });

  it.each([
    ['that is not there', () => '/nowhere/at/all', 'ENOENT'],
    ['that is a folder', () => folder, 'EISDIR'],
    ['that is empty', () => file(''), 'is empty'],
    ['that is some other file', () => file(Buffer.alloc(70_000)), 'over 65536 bytes'],
  ])('is refused with its option where it is one %s', async (_what, name, why) => {
    const refused = readInput('import-key', name());
    await expect(refused).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(refused).rejects.toThrowError(new RegExp(`^--import-key: .*${why}`));
  });

  it.each([0o640, 0o604, 0o620, 0o644])('is refused where others have a right to it: %o', async (mode) => {
    const name = file('secret\n');
    chmodSync(name, mode);
    const refused = readInput('import-key', name);
    await expect(refused).rejects.toMatchObject({ code: 'secret_exposed' });
    await expect(refused).rejects.toThrowError(`Run: chmod 600 '${name}'`);
    await expect(refused).rejects.not.toThrowError('secret\n');
  });

  it('is taken as systemd hands it on: closed by its folder, not by its own mode', async () => {
    const name = file('secret\n');
    chmodSync(name, 0o440);
    expect(await readInput('passphrase-file', name, { CREDENTIALS_DIRECTORY: `${folder}/` })).toBe(
      'secret\n',
    );
    const elsewhere = { CREDENTIALS_DIRECTORY: tmpdir() };
    await expect(readInput('passphrase-file', name, elsewhere)).rejects.toMatchObject({
      code: 'secret_exposed',
    });
  });

  it('is refused where it is another user’s, who could put another in its place', async () => {
    const name = file('secret\n');
    vi.spyOn(process, 'getuid').mockReturnValue(4242);
    await expect(readInput('import-key', name)).rejects.toThrowError(`sudo chown 4242 '${name}'`);
  });

  it('may hold the passphrase, which the environment never passes on', async () => {
    const env = { CPC_MINER_PASSPHRASE: 'from there', OTHER: 'kept' };
    expect(await takePassphrase(null, env)).toBe('from there');
    expect(env).toEqual({ OTHER: 'kept' });
    const both = { CPC_MINER_PASSPHRASE: 'from there' };
    expect(await takePassphrase(file('from the file\n'), both)).toBe('from the file\n');
    expect(both).toEqual({});
  });
});
