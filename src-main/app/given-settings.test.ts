import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src-shared/settings/settings';
import { givenSettings, variableOf } from './given-settings';
import { parseOptions } from './options';
import { settingsIn } from './settings-file';

function given(text: string, env: NodeJS.ProcessEnv = {}, args: readonly string[] = []) {
  const { settings, allowsInsecureNode } = parseOptions(args);
  return givenSettings({ file: settingsIn(text, 'rig.json'), env, flags: settings, allowsInsecureNode });
}

/** What is said of settings that are refused. */
function faults(text: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    given(text, env);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_settings' });
    return (error as Error).message;
  }
  throw new Error('nothing is refused');
}

describe('the settings of a run', () => {
  it('come from the file, which gives way to the environment, and that to the options', () => {
    const text = '{\n  "matrixSize": 64,\n  "tasksPerBlock": 2,\n  "engine": "cpu"\n}';
    const env = { CPC_MINER_TASKS_PER_BLOCK: '3', CPC_MINER_ENGINE: 'webgpu', PATH: '/bin' };
    const { values, sources } = given(text, env, ['--engine', 'auto']);
    expect(values).toEqual({ matrixSize: 64, tasksPerBlock: 3, engine: 'auto' });
    expect([...sources]).toEqual([
      ['matrixSize', 'rig.json:2'],
      ['tasksPerBlock', 'CPC_MINER_TASKS_PER_BLOCK'],
      ['engine', '--engine'],
    ]);
  });

  it('may be of every kind, in the file and in the environment alike', () => {
    const values = {
      matrixSize: 64,
      cpuThreads: null,
      engine: 'cpu',
      feeCeilingUnits: '1000000000000000000',
      keepAwake: true,
      nodeUrl: 'https://node.example:8000',
      validatorUrl: 'built-in',
      pauseApps: ['game', 'film'],
      pauseSchedule: [{ days: [1, 2], fromMinute: 0, toMinute: 480 }],
    };
    expect(given(JSON.stringify(values)).values).toEqual(values);
    const env = Object.fromEntries(
      SETTING_NAMES.flatMap((name) => {
        const value: unknown = new Map(Object.entries(values)).get(name);
        if (value === undefined) return [];
        return [[variableOf(name), typeof value === 'string' ? value : JSON.stringify(value)]];
      }),
    );
    expect(Object.keys(env)).toContain('CPC_MINER_FEE_CEILING_UNITS');
    expect(given('{}', env).values).toEqual(values);
  });

  it('have one variable each, which is no other’s', () => {
    expect(new Set(SETTING_NAMES.map(variableOf)).size).toBe(SETTING_NAMES.length);
    expect(variableOf('jobFrameLimitMiB')).toBe('CPC_MINER_JOB_FRAME_LIMIT_MIB');
  });

  it('are put into the form that a window would keep', () => {
    const text = '{"nodeUrl": " https://node.example:8000/ ", "pauseApps": ["C:\\\\Games\\\\Game.exe"]}';
    expect(given(text).values).toEqual({ nodeUrl: 'https://node.example:8000', pauseApps: ['game'] });
  });

  it('leave out the passphrase, which is none of them', () => {
    expect(given('{}', { CPC_MINER_PASSPHRASE: 'secret' }).values).toEqual({});
  });

  it('agree to http:// to another machine for the very node they name, and for no other', () => {
    const insecure = { nodeUrl: 'http://10.0.0.5:8000', insecureNodeUrl: 'http://10.0.0.5:8000' };
    expect(given('{}', {}, ['--node=http://10.0.0.5:8000/', '--insecure-node']).values).toEqual(insecure);
    expect(given('{"nodeUrl": "http://10.0.0.5:8000"}', {}, ['--insecure-node']).values).toEqual(insecure);
    expect(given('{}', {}, ['--insecure-node']).values).toEqual({});
  });

  it('are refused with every fault, each with its line and the nearest name', () => {
    const text = '{\n  "matrixsize": 64,\n  "engine": "cuda",\n  "tasksPerBlock": 17\n}';
    expect(faults(text, { CPC_MINER_NOED_URL: 'x', CPC_MINER_KEEP_AWAKE: 'yes' }).split('\n')).toEqual([
      'rig.json:2: There is no setting "matrixsize". The nearest is "matrixSize".',
      'CPC_MINER_NOED_URL: There is no setting CPC_MINER_NOED_URL. The nearest is CPC_MINER_NODE_URL.',
      'rig.json:3: engine takes auto, webgpu or cpu, not "cuda".',
      'rig.json:4: tasksPerBlock takes a whole number from 1 to 16, not 17.',
      'CPC_MINER_KEEP_AWAKE: keepAwake takes true or false, not "yes".',
    ]);
  });

  it('are refused where one is given twice, with both places', () => {
    expect(faults('{"engine": "cpu",\n"engine": "auto"}')).toBe(
      'rig.json:2: engine is there already, at rig.json:1. Leave one of them out.',
    );
    expect(faults('{"engine": "cpu", "engine": "cpu"}')).toContain('there already');
  });

  it.each([
    ['{"engine": "cpu"\n"matrixSize": 1}', 'rig.json:2: '],
    ['{"engine": "cpu",\n}', 'rig.json:2: '],
    ['{\n\n', 'rig.json:3: '],
    ['', 'rig.json:1: '],
    ['[1]', 'rig.json:1: The settings are one JSON object'],
  ])('are refused with the line where the file is no JSON object: %j', (text, said) => {
    expect(faults(text)).toContain(said);
  });

  it('take a file as Windows writes it, and no name from inside a value', () => {
    const text = '\uFEFF{\r\n"pauseSchedule": [{"days": [1], "fromMinute": 0, "toMinute": 60}],\r\n"x": 1}';
    expect(faults(text)).toMatch(/^rig\.json:3: There is no setting "x"\./);
  });

  it('repeat no key that was put in the wrong place', () => {
    expect(faults(`{"matrixSize": "${'ab'.repeat(32)}"}`)).not.toContain('abab');
  });
});
