import { execFile, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { givenSettings } from '../../src-main/app/given-settings';
import { readSettingsFile } from '../../src-main/app/settings-file';
import { exposition } from '../../src-main/metrics/exposition';
import { healthOf } from '../../src-main/metrics/health';
import { type MetricsServer, serveMetrics } from '../../src-main/metrics/metrics-server';
import { minerMetrics } from '../../src-main/metrics/miner-metrics';
import { Tally } from '../../src-main/metrics/tally';
import { DevnetScene } from '../driver/miner/devnet-scene';

const run = promisify(execFile);
const RIG = join(import.meta.dirname, '..', '..', 'resources', 'rig');
const has = (...programs: string[]) => programs.every((name) => spawnSync('which', [name]).status === 0);
const SCRIPTS = readdirSync(RIG, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.sh'),
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A farm system's folder of the miner, its port and other lines of its manifest set. */
function installed(system: 'hiveos' | 'mmpos', manifest: string, lines: Record<string, string>): string {
  cpSync(join(RIG, system), folder, { recursive: true });
  cpSync(join(RIG, 'run-miner.sh'), join(folder, 'run-miner.sh'));
  const path = join(folder, manifest);
  const text = Object.entries(lines).reduce(
    (before, [name, value]) => before.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
  return folder;
}

describe('the scripts for rigs', () => {
  it.runIf(has('shellcheck'))('are what shellcheck finds no fault with', async () => {
    const paths = SCRIPTS.map((name) => join('resources', 'rig', name));
    const { stdout } = await run('shellcheck', ['-x', ...paths], { cwd: join(RIG, '..', '..') });
    expect(stdout).toBe('');
    expect(paths.length).toBeGreaterThan(4);
  });

  it('have the version of the app', () => {
    const { version } = JSON.parse(readFileSync(join(RIG, '..', '..', 'package.json'), 'utf8'));
    expect(readFileSync(join(RIG, 'hiveos', 'h-manifest.conf'), 'utf8')).toContain(
      `CUSTOM_VERSION=${version}\n`,
    );
    expect(readFileSync(join(RIG, 'mmpos', 'mmp-external.conf'), 'utf8')).toContain(
      `EXTERNAL_VERSION=${version}\n`,
    );
  });
});

describe.runIf(has('bash', 'jq', 'curl'))('what farm systems are told', () => {
  let scene: DevnetScene;
  let server: MetricsServer;
  let port: string;
  beforeAll(async () => {
    scene = await DevnetScene.open();
    await scene.fund();
    const { miner } = scene;
    const metered = {
      miner,
      tally: new Tally(miner),
      appVersion: '1.2.3',
      startedAtMs: Date.now() - 90_000,
    };
    server = await serveMetrics({
      port: 0,
      metrics: () => exposition(minerMetrics(metered)),
      health: () => healthOf(miner.status.state),
      onError: (error) => scene.errors.push(error),
    });
    port = new URL(server.url).port;
    miner.power.start();
    await scene.block();
    await scene.until('a result in the pool', () => scene.inState('in_pool').length === 1);
    await scene.block();
    await scene.until('proved', () => scene.inState('proved').length === 1);
    // So that its figures stay as they are.
    miner.power.stop();
  });
  afterAll(async () => {
    await server.close();
    await scene.close();
  });

  /** What HiveOS's agent takes from the script that it includes in a function of its own. */
  async function hiveStats(
    lines: Record<string, string>,
  ): Promise<{ khs: number; stats: Record<string, unknown> | null }> {
    const at = installed('hiveos', 'h-manifest.conf', lines);
    const agent = `miner_stats() { local khs=0 stats=; source ${at}/h-stats.sh; echo "$khs"; echo "$stats"; }; miner_stats`;
    const { stdout } = await run('bash', ['-c', agent], {
      env: { ...process.env, CUSTOM_MINER: 'computechain-miner' },
    });
    const [khs = '', stats = '', ...rest] = stdout.trimEnd().split('\n');
    expect(rest).toEqual([]);
    return { khs: Number(khs), stats: JSON.parse(stats) };
  }

  it('is what HiveOS takes: arrays of equal length, units, accepted and rejected', async () => {
    const rate = scene.miner.compute.status[0]?.lastGops ?? 0;
    const { khs, stats } = await hiveStats({ CUSTOM_METRICS_PORT: port, CUSTOM_BUS_NUMBER: '10' });
    expect(stats).toEqual({
      hs: [expect.closeTo(rate * 1e9, 0)],
      hs_units: 'hs',
      temp: [],
      fan: [],
      uptime: expect.any(Number),
      ver: expect.any(String),
      ar: [1, 0],
      bus_numbers: [10],
    });
    expect(rate).toBeGreaterThan(0);
    expect(stats?.uptime).toBeGreaterThanOrEqual(90);
    expect(khs).toBeCloseTo(rate * 1e6, 0);
  });

  it('is what HiveOS takes for nothing where the miner does not answer', async () => {
    const { khs, stats } = await hiveStats({ CUSTOM_METRICS_PORT: '1' });
    expect([khs, stats]).toEqual([0, null]);
  });

  async function mmpStats(
    lines: Record<string, string>,
    cards: unknown = null,
  ): Promise<Record<string, unknown> | null> {
    const at = installed('mmpos', 'mmp-external.conf', lines);
    const info = join(at, 'gpu-info.json');
    if (cards !== null) writeFileSync(info, JSON.stringify(cards));
    const { stdout } = await run(join(at, 'mmp-stats.sh'), ['1', '/dev/null'], {
      env: { ...process.env, GPU_INFO: info },
    });
    return stdout === '' ? null : JSON.parse(stdout);
  }

  it('is what mmpOS takes: a bus for each rate, and accepted, invalid and rejected as texts', async () => {
    const rate = (scene.miner.compute.status[0]?.lastGops ?? 0) * 1e9;
    const shape = {
      hash: [expect.closeTo(rate, 0)],
      units: 'hs',
      air: ['1', '0', '0'],
      miner_name: 'computechain-miner',
      miner_version: expect.any(String),
    };
    const engine = scene.miner.compute.status[0]?.engine;
    const lines = { EXTERNAL_METRICS_PORT: port };
    const cards = {
      device: { GPU: { nvidia_details: { busid: ['0000:0a:00.0'] }, intel_sysfs_details: {} } },
    };
    expect(await mmpStats(lines)).toEqual({ busid: [engine === 'cpu' ? 'cpu' : 0], ...shape });
    expect(await mmpStats(lines, cards)).toEqual({ busid: [engine === 'cpu' ? 'cpu' : 10], ...shape });
    expect(await mmpStats({ ...lines, EXTERNAL_BUS_ID: '3' }, cards)).toEqual({
      busid: [engine === 'cpu' ? 'cpu' : 3],
      ...shape,
    });
  });

  it('is nothing that mmpOS could mistake for figures where the miner does not answer', async () => {
    expect(await mmpStats({ EXTERNAL_METRICS_PORT: '1' })).toBeNull();
  });
});

describe.runIf(has('bash', 'jq'))('a flight sheet of HiveOS', () => {
  async function config(env: Record<string, string>): Promise<string> {
    const file = join(folder, 'settings.json');
    const at = installed('hiveos', 'h-manifest.conf', { CUSTOM_CONFIG_FILENAME: file });
    await run('bash', ['-c', `. ${at}/h-manifest.conf; . ${at}/h-config.sh`], {
      env: { ...process.env, ...env },
    });
    return file;
  }

  it('becomes settings that the miner takes', async () => {
    const file = await config({
      CUSTOM_URL: 'https://node.example:8000',
      CUSTOM_USER_CONFIG: '{"matrixSize": 2048, "keepAwake": true}',
    });
    const given = { file: readSettingsFile(file), env: {}, flags: {}, allowsInsecureNode: false };
    expect(givenSettings(given).values).toEqual({
      nodeUrl: 'https://node.example:8000',
      metricsPort: 9184,
      matrixSize: 2048,
      keepAwake: true,
    });
  });

  it('that has no JSON for settings is refused, and starts no miner with half of them', async () => {
    const file = await config({ CUSTOM_URL: '', CUSTOM_USER_CONFIG: '--matrix-size 64' });
    expect(() => readSettingsFile(file)).toThrowError('ENOENT');
    const started = spawnSync(join(folder, 'h-run.sh'), { encoding: 'utf8' });
    expect([started.status, started.stderr]).toEqual([78, expect.stringContaining('h-config.sh')]);
  });
});

describe.runIf(has('bash', 'Xvfb', 'xauth', 'setpriv', 'mcookie'))(
  'a miner that no service manager starts',
  () => {
    const env = { ...process.env, DISPLAY: undefined, XAUTHORITY: undefined, RIG_USER: 'nobody' };
    const script = join(RIG, 'run-miner.sh');

    it('has a display of its own, runs as an ordinary user, and ends with its own code', () => {
      const program = 'echo "$DISPLAY $(id -u) $(xauth list "$DISPLAY" | wc -l)"; exit 7';
      const { status, stdout } = spawnSync(script, ['bash', '-c', program], { env, encoding: 'utf8' });
      expect(status).toBe(7);
      const [display, user, cookies] = stdout.trim().split(' ');
      expect(display).toMatch(/^:\d+$/);
      expect(user).not.toBe('0');
      expect(cookies).toBe('1');
    });

    it('is told each signal once, and is waited for', async () => {
      const program =
        'heard=0; trap "heard=\\$((heard+1)); echo told" TERM; echo up; while ((heard < 2)); do sleep 0.05; done; echo over; exit 3';
      const child = spawn(script, ['bash', '-c', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      let told = '';
      let sent = 0;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        told += text;
        // The second once the first was heard of.
        const lines = told.trim().split('\n').length;
        for (; sent < Math.min(lines, 2); sent += 1) child.kill('SIGTERM');
      });
      expect(await ended).toBe(3);
      expect(told).toBe('up\ntold\ntold\nover\n');
    });

    it.runIf(process.getuid?.() === 0)('is not started as root', () => {
      for (const user of ['', 'root', 'nobody-of-this-name']) {
        const { status, stderr } = spawnSync(script, ['true'], {
          env: { ...env, RIG_USER: user },
          encoding: 'utf8',
        });
        expect([status, stderr]).toEqual([78, expect.stringContaining('RIG_USER')]);
      }
    });
  },
);
