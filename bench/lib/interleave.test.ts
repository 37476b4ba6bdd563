import { describe, expect, it } from 'vitest';
import { interleave } from './interleave';

describe('interleaved probes', () => {
  it('run in turn, and do not count the round that warms up', async () => {
    const order: string[] = [];
    const probe = (name: string, atMost: number) => ({
      name,
      atMost,
      run: async () => ({ turn: order.push(name) }),
    });
    const samples = await interleave([probe('a', 3), probe('b', 1)], { rounds: 3, budgetMs: 60_000 });
    expect(order.join('')).toBe('ababaa');
    expect(samples.median('a.turn')).toBe(5);
    expect(samples.median('b.turn')).toBe(4);
  });

  it('go on without one that may fail and does', async () => {
    const broken = { name: 'rival', mayFail: true, run: () => Promise.reject(new Error('no device')) };
    const own = { name: 'own', run: async () => ({ ms: 1 }) };
    const samples = await interleave([broken, own], { rounds: 2, budgetMs: 60_000 });
    expect(samples.median('own.ms')).toBe(1);
    expect(samples.failure('rival')).toBe('no device');
  });

  it('stop at one that may not', async () => {
    const broken = { name: 'own', run: () => Promise.reject(new Error('wrong product')) };
    await expect(interleave([broken], { rounds: 2, budgetMs: 60_000 })).rejects.toThrow('wrong product');
  });
});
