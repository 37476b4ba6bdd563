import { homedir } from 'node:os';
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings';
import { reportText } from './report-text';

const KEY = '2f84e2e9a8437f40043660605f6c1974e9f91804c1ffe89e8ea768f8f96dc17c';

it('a report has what was found and done, and neither secrets nor who it was', () => {
  const text = reportText(
    {
      atMs: 0,
      findings: [
        {
          check: 'node',
          verdict: 'ok',
          code: 'node_answers',
          params: { url: 'http://n:8000', network: 'devnet', height: 7 },
          error: null,
          tookMs: 3,
        },
      ],
    },
    {
      appVersion: '1.2.3',
      runtime: 'Electron',
      system: 'linux',
      settings: { ...DEFAULT_SETTINGS, nodeUrl: 'https://me:hunter2@node.example:8000' },
      log: [`[now] [error] ${homedir()}/profile: key ${KEY}`, `tx_hash: ${KEY}`],
    },
  );
  const report = JSON.parse(text);
  expect(report).toMatchObject({ at: '1970-01-01T00:00:00.000Z', app: '1.2.3' });
  expect(report.findings).toEqual([
    {
      check: 'node',
      verdict: 'ok',
      code: 'node_answers',
      says: 'http://n:8000 answers: devnet, block 7.',
      ms: 3,
    },
  ]);
  expect(report.settings.nodeUrl).toBe('https://[redacted]@node.example:8000');
  expect(report.log).toEqual(['[now] [error] ~/profile: key [redacted]', `tx_hash: ${KEY}`]);
});
