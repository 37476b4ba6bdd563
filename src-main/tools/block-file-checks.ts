import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseUnits } from '../../src-shared/chain/amount';
import { type Block, blockHash, resultInclusion } from '../../src-shared/chain/block';
import { parseBlock } from '../../src-shared/chain/block-json';
import { parseJson } from '../../src-shared/chain/json';
import { parseValidators, type Validator } from '../../src-shared/chain/validator';
import { type BlockVerification, verifyBlock } from '../../src-shared/chain/verify-block';
import type { CheckLog } from './check-log';

const expectedFile = z.object({
  blocks: z.array(
    z.object({
      height: z.number(),
      hash: z.string(),
      tx_root: z.string(),
      compute_root: z.string(),
      tx_hashes: z.array(z.string()),
      results: z.number(),
    }),
  ),
  balances: z.record(z.string(), z.object({ balance: z.string(), nonce: z.number() })).optional(),
});
type Expected = z.infer<typeof expectedFile>;

/** A block file and the folder it lies in, where `validators.json` and `expected.json` may be too. */
export type BlockFile = { readonly file: string; readonly folder: string; readonly text: string };

export function isBlock(content: Record<string, unknown>): boolean {
  return content.header !== undefined && Array.isArray(content.txs);
}

export function isExpected(content: Record<string, unknown>): boolean {
  return expectedFile.safeParse(content).success;
}

export function isValidators(content: Record<string, unknown>): boolean {
  return Array.isArray(content.validators);
}

/** Checks the blocks of one folder: each by itself, against what is expected of it, and their links. */
export function checkBlocks(log: CheckLog, folder: string, files: readonly BlockFile[]): void {
  const validators = readValidators(log, folder);
  const expected = readExpected(folder);
  const blocks = new Map<number, Block>();
  for (const { file, text } of files) {
    log.guard(file, () => {
      const block = parseBlock(parseJson(text));
      blocks.set(block.header.height, block);
      const verification = checkBlock(log, file, block, validators);
      checkInclusions(log, file, block, verification);
      const known = expected?.blocks.find(({ height }) => height === block.header.height);
      if (known !== undefined) checkExpected(log, file, block, verification, known);
    });
  }
  for (const [height, block] of blocks) {
    const before = blocks.get(height - 1);
    if (before === undefined) continue;
    log.same(`${folder} block ${height} link`, block.header.prevHash, blockHash(before.header));
  }
}

/** Checks an `expected.json` by itself: that the blocks it names are there, and its balances are numbers. */
export function checkExpectedFile(
  log: CheckLog,
  file: string,
  content: unknown,
  heights: ReadonlySet<number>,
): void {
  const { blocks, balances } = expectedFile.parse(content);
  for (const { height } of blocks) log.same(`${file} block ${height} is there`, heights.has(height), true);
  for (const [address, { balance }] of Object.entries(balances ?? {})) {
    log.guard(`${file} ${address}`, () => log.same(`${file} ${address}`, `${parseUnits(balance)}`, balance));
  }
}

function checkBlock(
  log: CheckLog,
  file: string,
  block: Block,
  validators: readonly Validator[],
): BlockVerification {
  const { proposerAddress } = block.header;
  const proposer = validators.find(({ address }) => address === proposerAddress);
  if (validators.length > 0 && proposer === undefined) log.fail(file, `unknown proposer ${proposerAddress}`);
  const verification = verifyBlock(block, {
    checkTxSignatures: true,
    ...(proposer && { proposerPublicKey: proposer.publicKey }),
  });
  for (const { name, ok, expected, actual } of verification.checks) {
    if (ok === 'not_checked') continue;
    if (ok) log.passed += 1;
    else log.fail(`${file} ${name}`, `expected ${expected}, got ${actual}`);
  }
  return verification;
}

function checkInclusions(log: CheckLog, file: string, block: Block, { results }: BlockVerification): void {
  for (const { txHash } of results) {
    const root = resultInclusion(results, txHash)?.root;
    log.same(`${file} inclusion of ${txHash}`, root, block.header.computeRoot);
  }
}

function checkExpected(
  log: CheckLog,
  file: string,
  { header }: Block,
  { hash, txHashes, results }: BlockVerification,
  known: Expected['blocks'][number],
): void {
  log.same(`${file} expected hash`, hash, known.hash);
  log.same(`${file} expected tx_root`, header.txRoot, known.tx_root);
  log.same(`${file} expected compute_root`, header.computeRoot, known.compute_root);
  log.same(`${file} expected tx_hashes`, txHashes, known.tx_hashes);
  log.same(`${file} expected results`, results.length, known.results);
}

function readValidators(log: CheckLog, folder: string): readonly Validator[] {
  const file = join(folder, 'validators.json');
  if (!existsSync(file)) {
    log.lines.push(`NOTE ${folder}: no validators.json beside the blocks, so signatures were not checked`);
    return [];
  }
  let validators: readonly Validator[] = [];
  log.guard(file, () => {
    validators = parseValidators(parseJson(readFileSync(file, 'utf8')));
  });
  return validators;
}

function readExpected(folder: string): Expected | undefined {
  const file = join(folder, 'expected.json');
  if (!existsSync(file)) return undefined;
  try {
    return expectedFile.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined; // reported where the file itself is read
  }
}
