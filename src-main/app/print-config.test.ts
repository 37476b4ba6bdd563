import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src-shared/settings/settings';
import type { GivenSettings } from './given-settings';
import { configText } from './print-config';

const given: GivenSettings = {
  values: { matrixSize: 64, validatorUrl: 'wss://validator.example/worker?token=hush&rig=7' },
  sources: new Map([
    ['matrixSize', 'rig.json:2'],
    ['validatorUrl', '--validator'],
  ]),
};
const config = {
  profile: '/rig',
  kept: { engine: 'cpu', matrixSize: 128 } as const,
  given,
  secrets: { passphrase: '/etc/words', 'validator token': null },
};

describe('what the settings are', () => {
  it('is said of each, with where it is from', () => {
    const lines = configText(config, false).split('\n');
    for (const name of SETTING_NAMES)
      expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1);
    expect(lines).toContainEqual(expect.stringMatching(/^matrixSize +64 +rig\.json:2$/));
    expect(lines).toContainEqual(expect.stringMatching(/^engine +"cpu" +the profile$/));
    expect(lines).toContainEqual(expect.stringMatching(/^tasksPerBlock +1 +default$/));
  });

  it.each([true, false])('has no secret in it: as JSON %s', (json) => {
    const text = configText(config, json);
    expect(text).not.toContain('hush');
    expect(text).toContain('/etc/words');
  });

  it('is one JSON object where that is asked for', () => {
    const { settings, secrets } = JSON.parse(configText(config, true));
    expect(Object.keys(settings)).toEqual(SETTING_NAMES);
    expect(settings.matrixSize).toEqual({ value: 64, source: 'rig.json:2' });
    expect(secrets).toEqual(config.secrets);
  });
});
