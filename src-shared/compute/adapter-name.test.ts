import { describe, expect, it } from 'vitest';
import type { AdapterInfo } from './adapter';
import { adapterName } from './adapter-name';

const adapter = (names: Partial<AdapterInfo>): AdapterInfo => ({
  vendor: 'nvidia',
  architecture: 'ampere',
  device: '',
  description: '',
  software: false,
  maxBufferBytes: 2 ** 31,
  packedDot: true,
  ...names,
});

describe('the name of an adapter', () => {
  it('is its description, else its device, else its architecture', () => {
    expect(adapterName(adapter({ description: 'GeForce RTX 3060', device: '0x2504' }))).toBe(
      'GeForce RTX 3060',
    );
    expect(adapterName(adapter({ device: '0x2504' }))).toBe('nvidia 0x2504');
    expect(adapterName(adapter({}))).toBe('nvidia ampere');
    expect(adapterName(adapter({ vendor: '' }))).toBe('ampere');
  });
});
