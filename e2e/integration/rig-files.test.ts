import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src-main/app/exit-codes';
import { HELP } from '../../src-main/app/options';
import { MINER_METRICS } from '../../src-main/metrics/miner-metrics';

const RIG = join(import.meta.dirname, '..', '..', 'resources', 'rig');
const UNITS = ['computechain-miner.service', 'computechain-miner-display.service'] as const;
const has = (name: string) => spawnSync('which', [name]).status === 0;
const textOf = (name: string) => readFileSync(join(RIG, name), 'utf8');

type Dashboard = {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly query: unknown }[] };
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the units of systemd', () => {
  it.runIf(has('systemd-analyze'))('are what systemd finds no fault with', () => {
    for (const name of UNITS) cpSync(join(RIG, name), join(folder, name));
    // The program is not installed here.
    const path = join(folder, UNITS[0]);
    writeFileSync(path, textOf(UNITS[0]).replace('/usr/bin/computechain-miner ', '/bin/true '));
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', ...UNITS.map((name) => join(folder, name))],
      {
        encoding: 'utf8',
      },
    );
    // A display that is not installed either is no fault of the unit.
    const faults = stderr
      .split('\n')
      .filter((line) => line !== '' && !line.includes('Xvfb is not executable'));
    expect(faults).toEqual([]);
    expect(has('Xvfb') ? status : 0).toBe(0);
  });

  it('start again what ended by itself, and not what was written wrong', () => {
    const [, codes = ''] = /^RestartPreventExitStatus=(.*)$/m.exec(textOf(UNITS[0])) ?? [];
    expect(codes.split(' ').map(Number)).toEqual([EXIT_CODES.usage.code, EXIT_CODES.config.code]);
  });

  it('leave the miner the minute in which it does what is in hand', () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(textOf(UNITS[0])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(65);
    expect(textOf('Containerfile')).toContain(`--stop-timeout ${seconds}`);
  });

  it.each([UNITS[0], 'Containerfile', 'hiveos/h-run.sh', 'mmpos/mmp-run.sh'])(
    'and %s name options that there are',
    (name) => {
      const [, command = ''] = textOf(name).split(/^(?:ExecStart=|exec |ENTRYPOINT )/m);
      const options = command.match(/--[a-z][a-z-]+/g) ?? [];
      expect(options.length).toBeGreaterThan(2);
      for (const option of options) expect(HELP).toContain(`  ${option} `);
    },
  );
});

describe('the dashboard', () => {
  const { panels, templating } = JSON.parse(textOf('grafana-dashboard.json')) as Dashboard;
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

  it('asks for figures that there are, and for no others', () => {
    const text = JSON.stringify([expressions, templating]);
    const asked = new Set(text.match(/computechain_miner_\w+/g));
    const known = Object.keys(MINER_METRICS);
    expect([...asked].filter((name) => !known.includes(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(10);
  });

  it.runIf(has('promtool'))('asks in words that Prometheus reads', () => {
    const rules = expressions.map((expr, index) => ({
      record: `rule_${index}`,
      expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
    }));
    const path = join(folder, 'rules.yml');
    // JSON is YAML too.
    writeFileSync(path, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { stdout, stderr, status } = spawnSync('promtool', ['check', 'rules', path], { encoding: 'utf8' });
    expect([status, stderr, stdout]).toEqual([
      0,
      '',
      expect.stringContaining(`SUCCESS: ${rules.length} rules found`),
    ]);
  });
});
