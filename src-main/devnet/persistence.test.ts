import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBlock } from '../../src-shared/chain/block';
import { parseJson } from '../../src-shared/chain/json';
import { systemClock } from '../clock/clock';
import { type Devnet, startDevnet } from './devnet';
import { ALICE, FAUCET, get, getJson, send, transaction } from './test-network';

let folder: string;
const running: Devnet[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'devnet-'));
});
afterEach(async () => {
  for (const devnet of running.splice(0)) await devnet.close();
  rmSync(folder, { recursive: true });
});

async function start(blockTimeSeconds?: number): Promise<Devnet> {
  const devnet = await startDevnet({ port: 0, dataFolder: folder, manual: true, blockTimeSeconds });
  running.push(devnet);
  return devnet;
}

async function stop(devnet: Devnet): Promise<void> {
  running.splice(running.indexOf(devnet), 1);
  await devnet.close();
}

/** A folder with a chain of two blocks, and what it told of itself. */
async function stoppedChain(): Promise<{ readonly confirmed: string; readonly validators: string }> {
  const devnet = await start();
  await devnet.produceBlock();
  const { tx_hash } = await send(
    devnet.url,
    transaction(FAUCET, 0, { to: ALICE.address, amount: 10n ** 20n }),
  );
  await devnet.produceBlock();
  const validators = (await get(devnet.url, '/validators')).text;
  await stop(devnet);
  return { confirmed: tx_hash, validators };
}

function editDatabase(sql: string): void {
  const database = new Database(join(folder, 'chain.db'));
  database.exec(sql);
  database.close();
}

describe('a devnet started again', () => {
  it('goes on with the same chain, accounts and key', async () => {
    const { validators } = await stoppedChain();
    const again = await start();
    expect(await getJson(again.url, '/status')).toMatchObject({ height: 1 });
    expect((await get(again.url, '/validators')).text).toBe(validators);
    expect(await getJson(again.url, `/balance/${ALICE.address}`)).toMatchObject({
      balance: String(10n ** 20n),
    });
    expect(await again.produceBlock()).toBe(2);
    expect(await getJson(again.url, '/snapshots')).toMatchObject([{ height: 0 }]);
  });

  it('remembers confirmed transactions from its blocks, without their confirmations', async () => {
    const { confirmed } = await stoppedChain();
    const again = await start();
    const receipt = await getJson(again.url, `/tx/${confirmed}/receipt`);
    expect(receipt).toMatchObject({ status: 'confirmed', block_height: 1, error: null });
    expect(receipt).not.toHaveProperty('confirmations');
  });

  it('has forgotten its mempool and the receipts of what was in it', async () => {
    const devnet = await start();
    await devnet.produceBlock();
    const { tx_hash } = await send(devnet.url, transaction(FAUCET, 0));
    await stop(devnet);
    const again = await start();
    expect(await getJson(again.url, '/status')).toMatchObject({ mempool_size: 0 });
    expect(await get(again.url, `/tx/${tx_hash}/receipt`)).toMatchObject({ status: 404 });
    expect(await send(again.url, transaction(FAUCET, 0))).toMatchObject({ tx_hash, status: 'received' });
  });

  it('keeps its block time, and refuses another', async () => {
    await stop(await start(7));
    await expect(start(5)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining('7 s'),
    });
    expect((await start()).blockTimeSeconds).toBe(7);
  });
});

describe('a devnet that was off for days', () => {
  it('makes its next block at once, in the slot of the day', async () => {
    const daysAgo = Date.now() - 3 * 24 * 3600 * 1000;
    const before = await startDevnet({
      port: 0,
      dataFolder: folder,
      manual: true,
      clock: { ...systemClock, now: () => daysAgo },
    });
    await before.produceBlock();
    await before.close();
    const again = await startDevnet({ port: 0, dataFolder: folder });
    running.push(again);
    const { header } = parseBlock(parseJson((await get(again.url, '/block/1')).text));
    expect(header.timestamp).toBe(again.genesisTime + (header.height + header.round) * 5);
    expect(Math.abs(Date.now() / 1000 - header.timestamp)).toBeLessThan(6);
  });
});

describe('the data folder', () => {
  it('has a key only its owner can read', async () => {
    await start();
    if (process.platform === 'win32') return;
    expect(statSync(join(folder, 'validator_key.hex')).mode & 0o777).toBe(0o600);
  });

  it('is held by one devnet at a time', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({
      code: 'profile_in_use',
      message: expect.stringContaining('Another devnet'),
    });
  });

  it.each<[string, () => void]>([
    [
      'that is no database',
      () => {
        for (const name of readdirSync(folder).filter((file) => file.startsWith('chain.db')))
          rmSync(join(folder, name));
        writeFileSync(join(folder, 'chain.db'), 'nonsense '.repeat(1000));
      },
    ],
    [
      'with a changed amount',
      () => editDatabase(`UPDATE accounts SET json = replace(json, '"balance":1', '"balance":2')`),
    ],
    [
      'with a changed block',
      () => editDatabase(`UPDATE blocks SET json = replace(json, '"round":0', '"round":1')`),
    ],
    ['with a missing block', () => editDatabase('DELETE FROM blocks WHERE height = 0')],
    ['of another version', () => editDatabase(`UPDATE meta SET value = '9' WHERE key = 'version'`)],
    ['whose key is gone', () => rmSync(join(folder, 'validator_key.hex'))],
    ['whose key is nonsense', () => writeFileSync(join(folder, 'validator_key.hex'), 'nonsense')],
    ['whose key is another', () => writeFileSync(join(folder, 'validator_key.hex'), '22'.repeat(32))],
  ])('%s is refused, and nothing in it is overwritten', async (_, damage) => {
    await stoppedChain();
    damage();
    const keyFile = join(folder, 'validator_key.hex');
    const before = existsSync(keyFile) ? readFileSync(keyFile, 'utf8') : null;
    await expect(start()).rejects.toMatchObject({
      code: 'database_corrupt',
      message: expect.stringContaining('Nothing was changed'),
    });
    expect(existsSync(keyFile) ? readFileSync(keyFile, 'utf8') : null).toBe(before);
    expect(readdirSync(folder)).toContain('chain.db');
  });
});
