import { beforeEach, describe, expect, it } from 'vitest';
import { Announcer, REST_MS } from './announcer';

let said: string[];
let rests: { ms: number; then: () => void }[];
let announcer: Announcer;

beforeEach(() => {
  said = [];
  rests = [];
  announcer = new Announcer({
    say: (text) => said.push(text),
    after: (ms, then) => rests.push({ ms, then }),
  });
});

/** Lets the rest that is on pass. */
function rest(): void {
  const passed = rests.shift();
  expect(passed?.ms).toBe(REST_MS);
  passed?.then();
}

describe('what screen readers are told', () => {
  it('is said at once, then nothing for a while, and of what came meanwhile the newest', () => {
    announcer.tell('miner', 'Starting');
    announcer.tell('miner', 'Mining');
    announcer.tell('miner', 'Blocked');
    expect(said).toEqual(['Starting']);
    rest();
    expect(said).toEqual(['Starting', 'Blocked']);
  });

  it('leaves out what changed and changed back', () => {
    announcer.tell('miner', 'Mining');
    announcer.tell('miner', 'Blocked');
    announcer.tell('miner', 'Mining');
    rest();
    expect(said).toEqual(['Mining', '']);
    expect(rests).toEqual([]);
  });

  it('is of one topic after the other', () => {
    announcer.tell('action', 'Copied');
    announcer.tell('miner', 'Paused');
    announcer.tell('tasks', '3 tasks');
    rest();
    rest();
    rest();
    expect(said).toEqual(['Copied', 'Paused', '3 tasks', '']);
  });

  it('is said again where it happens again after the rest', () => {
    announcer.tell('action', 'Copied');
    rest();
    announcer.tell('action', 'Copied');
    expect(said).toEqual(['Copied', '', 'Copied']);
  });
});
