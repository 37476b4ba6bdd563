import { gzipSync } from 'node:zlib';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonicalJson, parseJson, stringifyJson } from '../../src-shared/chain/json';
import { JsonNumber } from '../../src-shared/chain/json-value';
import { isoTime } from '../clock/calendar';
import type { Clock } from '../clock/clock';
import type { Ledger } from './ledger';
import { DEVNET, EPOCH_LENGTH_BLOCKS, GENESIS_PREMINE } from './parameters';
import { accountWire, toJson, validatorWire, type WireObject } from './wire';

/** What `/snapshots` tells of one; a devnet keeps no copy of the state itself, for no one syncs from it. */
export type Snapshot = WireObject & { readonly height: number };

const INTERVAL_BLOCKS = 1000;
const KEPT = 10;
const VERSION = '1.0.0';

/** The list after a block: one more at the end of an epoch and every thousand blocks, newest first. */
export function addSnapshot(
  before: readonly Snapshot[],
  ledger: Ledger,
  height: number,
  clock: Clock,
): readonly Snapshot[] {
  const due = (height + 1) % EPOCH_LENGTH_BLOCKS === 0 || height % INTERVAL_BLOCKS === 0;
  return due ? [summarize(ledger, height, clock), ...before].slice(0, KEPT) : before;
}

/** The list as the store keeps it. */
export function snapshotsText(snapshots: readonly Snapshot[]): string {
  return stringifyJson(toJson(snapshots));
}

/** Reads back what `snapshotsText` wrote. */
export function readSnapshots(text: string): readonly Snapshot[] {
  const number = z.instanceof(JsonNumber);
  const entry = z.looseObject({ height: number.transform(({ token }) => Number(token)) });
  // The other members are strings and number tokens, which is what Wire is.
  return z.array(entry).parse(parseJson(text)) as Snapshot[];
}

function summarize(ledger: Ledger, height: number, clock: Clock): Snapshot {
  const { epoch, minted, burned } = ledger.totals;
  const accounts = ledger.accounts();
  const validators = ledger.validators();
  const content = {
    version: VERSION,
    network_id: DEVNET.name,
    height,
    epoch_index: epoch,
    timestamp: isoTime(clock.now()),
    total_burned: burned,
    total_minted: minted,
    accounts: Object.fromEntries(accounts.map((one) => [one.address, text(accountWire(one))])),
    validators: Object.fromEntries(validators.map((one) => [one.address, text(validatorWire(one))])),
  };
  const hash = bytesToHex(sha256(utf8ToBytes(canonicalJson(toJson(content)))));
  const whole = utf8ToBytes(text({ ...content, hash }));
  return {
    version: VERSION,
    network_id: DEVNET.name,
    height,
    epoch_index: epoch,
    timestamp: content.timestamp,
    accounts_count: accounts.length,
    validators_count: validators.length,
    total_supply: GENESIS_PREMINE + minted - burned,
    total_burned: burned,
    total_minted: minted,
    hash,
    compressed_size: gzipSync(whole, { level: 6 }).length,
    uncompressed_size: whole.length,
  };
}

function text(wire: WireObject): string {
  return stringifyJson(toJson(wire));
}
