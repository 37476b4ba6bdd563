import { describe, expect, it } from 'vitest';
import { redact } from './redact';

const HEX = '2f84e2e9a8437f40043660605f6c1974e9f91804c1ffe89e8ea768f8f96dc17c';

describe('the redaction of the log', () => {
  it.each([
    `imported ${HEX}`,
    `private_key: ${HEX}`,
    `{"private_key":"${HEX}"}`,
    `key=0x${HEX}`,
    HEX,
    HEX.toUpperCase(),
    `passphrase: correct-horse`,
    `CPC_MINER_PASSPHRASE=correct-horse`,
  ])('hides what could be a secret in %j', (line) => {
    expect(redact(line)).not.toMatch(/2f84e2e9|correct-horse/i);
  });

  it.each([
    `block hash ${HEX}`,
    `tx_hash: ${HEX}`,
    `compute_root=${HEX}`,
    `"last_hash":"${HEX}"`,
    'address cpc14fm9235mw6mc84az6p7dcvncfep8aau6pstscp',
    'height 12345678901234567890',
  ])('keeps what is public in %j', (line) => {
    expect(redact(line)).toBe(line);
  });
});
