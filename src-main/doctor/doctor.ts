import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clockIsOff } from '../../src-shared/chain/clock-skew';
import { NETWORKS } from '../../src-shared/chain/network';
import { adapterName } from '../../src-shared/compute/adapter-name';
import { DOCTOR_CHECKS, type DoctorCheck, type DoctorReport } from '../../src-shared/doctor/report';
import { fromErrorReport } from '../../src-shared/errors';
import type { Response } from '../../src-shared/ipc/contract';
import { backupMayWait } from '../../src-shared/wallet/backup-may-wait';
import { testNode } from '../chain/test-node';
import { isoTime } from '../clock/calendar';
import type { Clock } from '../clock/clock';
import type { Compute } from '../compute/compute';
import type { Jobs } from '../jobs/jobs';
import type { Account } from '../keys/account';
import type { KeyRing } from '../keys/key-ring';
import type { Machine } from '../machine/machine';
import type { NodeConnection } from '../mining/node-connection';
import { connectionError } from '../network/connection-error';
import { proxyFor, proxyName } from '../network/proxy';
import { mapDiskError } from '../storage/disk-error';
import { certificateEnd } from './certificate';
import { examine, type Found, type Look } from './examine';
import { KNOWN_RESULT, KNOWN_TASK } from './known-task';

/** What the miner does not know of the machine. */
export type MachineFacts = {
  /** The profile's folder. */
  readonly folder: string;
  /** Whether the desktop shows the tray icon; null without a window. */
  readonly tray: () => boolean | null;
  readonly power: Pick<Machine['power'], 'read'>;
};

type Parts = {
  readonly account: Account;
  readonly keys: KeyRing;
  readonly node: NodeConnection;
  readonly compute: Compute;
  readonly jobs: Pick<Jobs, 'status'>;
  readonly clock: Clock;
  readonly machine: MachineFacts;
};

type Tested = Response<'node:test'> & { readonly tookMs: number };

const LOW_DISK_BYTES = 500 * 2 ** 20;
const SLOW_NODE_MS = 2000;
const CERTIFICATE_ENDS_MS = 14 * 24 * 3_600_000;

/** Looks at all that mining needs, one thing after another's own: what works, what does not, and what to do. */
export class Doctor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Looks at these things, in the doctor's own order. */
  async examine(signal: AbortSignal, checks: readonly DoctorCheck[] = DOCTOR_CHECKS): Promise<DoctorReport> {
    const { clock } = this.#parts;
    let testing: Promise<Tested> | null = null;
    const tested = () => {
      testing ??= this.#testNode();
      return testing;
    };
    const looks: Record<DoctorCheck, Look> = {
      keychain: () => this.#keychain(),
      key: () => this.#key(),
      backup: () => this.#backup(),
      path: (until: AbortSignal) => this.#path(until),
      node: async () => this.#answers(await tested()),
      chain: async () => this.#chain(await tested()),
      sync: async () => this.#sync(await tested()),
      clock: async () => skew(await tested()),
      balance: () => this.#balance(),
      compute: (until: AbortSignal) => this.#compute(until),
      driver: () => this.#driver(),
      validator: () => this.#validator(),
      disk: () => this.#disk(),
      tray: () => this.#tray(),
      power: () => this.#power(),
    };
    const wanted = DOCTOR_CHECKS.filter((check) => checks.includes(check));
    const findings = await examine(
      wanted.map((check) => [check, looks[check]]),
      clock,
      signal,
    );
    return { atMs: clock.now(), findings };
  }

  async #testNode(): Promise<Tested> {
    const { node, clock } = this.#parts;
    const began = clock.monotonic();
    const answer = await testNode(node.required.client.url, clock);
    return { ...answer, tookMs: clock.monotonic() - began };
  }

  async #keychain(): Promise<Found> {
    const kind = await this.#parts.account.probe();
    return { verdict: 'ok', code: kind === 'file' ? 'vault_file_works' : 'keychain_works' };
  }

  async #key(): Promise<Found> {
    const { account } = this.#parts;
    const { address, error } = account.state;
    if (error !== null) throw fromErrorReport(error);
    if (address === null) return { verdict: 'notice', code: 'key_none' };
    const isIts = await account.isWhole();
    const params = { address };
    return isIts
      ? { verdict: 'ok', code: 'key_there', params }
      : { verdict: 'failed', code: 'key_wrong', params };
  }

  #backup(): Found {
    const { keys, account, node } = this.#parts;
    if (account.state.address === null) return { verdict: 'skipped', code: 'key_none' };
    if (keys.isKept) return { verdict: 'ok', code: 'backup_opened' };
    const chainId = node.session?.head.binding?.chapter.chainId ?? NETWORKS.devnet.chainId;
    const verdict = backupMayWait(chainId) ? 'notice' : 'failed';
    return { verdict, code: 'backup_none' };
  }

  async #path(signal: AbortSignal): Promise<Found> {
    const { node, clock } = this.#parts;
    if (node.isBuiltIn) return { verdict: 'ok', code: 'path_built_in' };
    const { url } = node.required.client;
    const proxy = proxyFor(url);
    if (!url.startsWith('https:')) {
      return proxy === null
        ? { verdict: 'ok', code: 'path_direct', params: { url } }
        : { verdict: 'ok', code: 'path_proxy', params: { url, proxy: proxyName(proxy) } };
    }
    const endMs = await certificateEnd(url, signal).catch((error: unknown) => {
      throw connectionError(new URL(url).origin, proxy, error);
    });
    const params = { url, until: isoTime(endMs).slice(0, 10) };
    return endMs - clock.now() < CERTIFICATE_ENDS_MS
      ? { verdict: 'notice', code: 'certificate_ends', params }
      : { verdict: 'ok', code: 'certificate_good', params };
  }

  #answers({ url, network, height, tookMs }: Tested): Found {
    return tookMs > SLOW_NODE_MS
      ? { verdict: 'notice', code: 'node_slow', params: { url, seconds: tookMs / 1000 } }
      : { verdict: 'ok', code: 'node_answers', params: { url, network, height } };
  }

  #chain({ chainId: chain }: Response<'node:test'>): Found {
    const { head } = this.#parts.node.required;
    if (head.error?.code === 'chain_mismatch') throw fromErrorReport(head.error);
    return head.binding === null
      ? { verdict: 'notice', code: 'chain_new', params: { chain } }
      : { verdict: 'ok', code: 'chain_bound', params: { chain } };
  }

  #sync({ behind }: Response<'node:test'>): Found {
    const { tip } = this.#parts.node.required.head;
    if (behind > 0) return { verdict: 'failed', code: 'sync_behind', params: { behind } };
    if (tip === null) return { verdict: 'notice', code: 'sync_waiting' };
    return { verdict: 'ok', code: 'sync_at_head', params: { height: tip.block.header.height } };
  }

  #balance(): Found {
    const { account, node } = this.#parts;
    if (account.state.address === null) return { verdict: 'skipped', code: 'key_none' };
    const { balance, resultFee } = node.required;
    if (balance === null || resultFee === null) return { verdict: 'failed', code: 'balance_unknown' };
    const params = { balance: balance.toString(), results: (balance / resultFee).toString() };
    return balance < resultFee
      ? { verdict: 'failed', code: 'balance_empty', params }
      : { verdict: 'ok', code: 'balance_pays', params };
  }

  async #compute(signal: AbortSignal): Promise<Found> {
    const { compute, clock } = this.#parts;
    const began = clock.monotonic();
    const { engine, resultHash } = await compute.run({ priority: 'chain' }, KNOWN_TASK, signal);
    const params = { engine, ms: Math.round(clock.monotonic() - began) };
    return resultHash === KNOWN_RESULT
      ? { verdict: 'ok', code: 'compute_exact', params }
      : { verdict: 'failed', code: 'compute_wrong', params };
  }

  #driver(): Found {
    const [lane] = this.#parts.compute.status;
    const adapter = lane?.adapter ?? null;
    if (lane === undefined || adapter === null || adapter.software)
      return { verdict: 'notice', code: 'adapter_software' };
    const { driver, quarantinedSinceMs } = lane;
    const params = { adapter: adapterName(adapter) };
    if (quarantinedSinceMs !== null) return { verdict: 'failed', code: 'adapter_quarantined', params };
    return driver === null
      ? { verdict: 'ok', code: 'adapter_no_driver', params }
      : { verdict: 'ok', code: 'adapter_used', params: { ...params, driver } };
  }

  #validator(): Found {
    const { status } = this.#parts.jobs;
    if (status === null) return { verdict: 'skipped', code: 'validator_none' };
    const { url, state, error } = status;
    if (state === 'connected') return { verdict: 'ok', code: 'validator_connected', params: { url } };
    if (error !== null) throw fromErrorReport(error);
    return { verdict: 'notice', code: 'validator_connecting', params: { url } };
  }

  async #disk(): Promise<Found> {
    const { folder } = this.#parts.machine;
    const probe = join(folder, `probe-${randomUUID()}`);
    try {
      await writeFile(probe, 'probe');
    } catch (error) {
      throw mapDiskError(error, folder);
    } finally {
      await rm(probe, { force: true });
    }
    const { bavail, bsize } = await statfs(folder);
    const params = { free: bavail * bsize };
    return params.free < LOW_DISK_BYTES
      ? { verdict: 'failed', code: 'disk_low', params }
      : { verdict: 'ok', code: 'disk_free', params };
  }

  #tray(): Found {
    const shown = this.#parts.machine.tray();
    if (shown === null) return { verdict: 'skipped', code: 'tray_not_wanted' };
    return shown ? { verdict: 'ok', code: 'tray_shown' } : { verdict: 'notice', code: 'tray_none' };
  }

  async #power(): Promise<Found> {
    const source = await this.#parts.machine.power.read();
    if (!source.known)
      return source.why === 'no_battery'
        ? { verdict: 'ok', code: 'power_mains' }
        : { verdict: 'skipped', code: 'power_unknown' };
    return source.value === 'mains'
      ? { verdict: 'ok', code: 'power_mains' }
      : { verdict: 'notice', code: 'power_battery' };
  }
}

function skew({ clockSkewMs }: Response<'node:test'>): Found {
  if (clockSkewMs === null) return { verdict: 'skipped', code: 'clock_unknown' };
  const params = { seconds: Math.abs(clockSkewMs) / 1000 };
  return clockIsOff(clockSkewMs) === null
    ? { verdict: 'ok', code: 'clock_right', params: { seconds: Math.ceil(params.seconds) } }
    : { verdict: 'failed', code: 'clock_off', params };
}
