import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { addressFromPublicKey } from '../../src-shared/chain/address';
import { parseJson } from '../../src-shared/chain/json';
import { parseValidators } from '../../src-shared/chain/validator';
import {
  type BlockFile,
  checkBlocks,
  checkExpectedFile,
  isBlock,
  isExpected,
  isValidators,
} from './block-file-checks';
import { CheckLog } from './check-log';
import { checkJobVectors, isJobVectors } from './job-vector-checks';
import { checkMatrixVectors, isMatrixVectors } from './matrix-vector-checks';
import { checkProtocolVectors, isProtocolVectors } from './protocol-vector-checks';

export type VectorReport = {
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
};

/**
 * Checks vector files, or folders of them, of any kind in `shared/reference`, recognised by content. A path
 * that is missing, a file that is malformed or of no known kind, and finding nothing at all are failures.
 */
export async function runVerifyVectors(paths: readonly string[]): Promise<VectorReport> {
  const log = new CheckLog();
  const files: string[] = [];
  for (const path of paths) {
    const found = await jsonFiles(path).catch((error: unknown) => {
      log.fail(path, error instanceof Error ? error.message : String(error));
      return [];
    });
    files.push(...found);
  }
  if (files.length === 0) log.fail(paths.join(' ') || 'no path', 'no vector files found');
  await checkFiles(log, [...new Set(files)]);
  return { passed: log.passed, failed: log.failed, lines: log.lines };
}

async function checkFiles(log: CheckLog, files: readonly string[]): Promise<void> {
  const blocks: BlockFile[] = [];
  const afterBlocks: (() => void)[] = [];
  for (const file of files) {
    try {
      const text = await readFile(file, 'utf8');
      const content: unknown = JSON.parse(text);
      if (!isRecord(content)) log.fail(file, 'it is not a JSON object');
      else if (isBlock(content)) blocks.push({ file, folder: dirname(file), text });
      else if (isJobVectors(content)) checkJobVectors(log, file, content);
      else if (isProtocolVectors(content)) checkProtocolVectors(log, file, content, text);
      else if (isMatrixVectors(content)) checkMatrixVectors(log, file, content);
      else if (isValidators(content)) checkValidators(log, file, text);
      else if (isExpected(content)) {
        afterBlocks.push(() => checkExpectedFile(log, file, content, heightsIn(blocks, dirname(file))));
      } else log.fail(file, 'none of the known kinds: vectors, a block, validators, expected values');
    } catch (error) {
      log.fail(file, error instanceof Error ? error.message : String(error));
    }
  }
  for (const folder of new Set(blocks.map((block) => block.folder))) {
    checkBlocks(
      log,
      folder,
      blocks.filter((block) => block.folder === folder),
    );
  }
  for (const check of afterBlocks) check();
}

function checkValidators(log: CheckLog, file: string, text: string): void {
  for (const { address, publicKey } of parseValidators(parseJson(text))) {
    log.guard(`${file} ${address}`, () => {
      const key = hexToBytes(publicKey);
      log.same(`${file} ${address}`, addressFromPublicKey(key, 'cpcvalcons'), address);
      log.same(`${file} ${address} key`, bytesToHex(key), publicKey);
    });
  }
}

function heightsIn(blocks: readonly BlockFile[], folder: string): ReadonlySet<number> {
  const heights = blocks
    .filter((block) => block.folder === folder)
    .map(({ text }) => (JSON.parse(text) as { header?: { height?: number } }).header?.height ?? -1);
  return new Set(heights);
}

async function jsonFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
