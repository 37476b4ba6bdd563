import { describe, expect, it } from 'vitest';
import type { Miner } from '../open-miner';
import { workInHand } from './work-in-hand';

type Facts = {
  running: boolean;
  isFinishing: boolean;
  isBusy: boolean;
  states: string[];
  node: 'online' | 'offline' | null;
  validator: 'connected' | 'waiting' | null;
  answered: number;
};

const AT_REST: Facts = {
  running: false,
  isFinishing: false,
  isBusy: false,
  states: [],
  node: 'online',
  validator: null,
  answered: 0,
};

function workOf(facts: Facts) {
  const calls: string[] = [];
  const miner = {
    power: {
      get running() {
        return facts.running;
      },
      get isFinishing() {
        return facts.isFinishing;
      },
      isBusy: facts.isBusy,
      finishForRun: () => {
        calls.push('finish');
        facts.running = false;
      },
      startForRun: () => calls.push('start'),
    },
    node: {
      session: facts.node === null ? null : { head: { state: facts.node, binding: { chapter: { id: 3 } } } },
    },
    journal: {
      live: (chapter: number) =>
        chapter === 3 ? facts.states.map((state) => ({ state, transfer: null })) : [],
    },
    jobs: {
      status: facts.validator === null ? null : { state: facts.validator, undelivered: facts.answered },
    },
  };
  return { work: workInHand(miner as unknown as Miner), calls }; // all that is looked at
}

describe('an update waits', () => {
  it.each<[string, Partial<Facts>, boolean]>([
    ['for nothing at rest', {}, false],
    ['while it mines', { running: true }, true],
    ['while what is in hand is done', { isFinishing: true }, true],
    ['for a computed result', { states: ['proved', 'computed'] }, true],
    ['for one with a nonce', { states: ['reserved'] }, true],
    ['for one that is signed', { states: ['signed'] }, true],
    ['for one of which no node said that it has it', { states: ['sent'] }, true],
    ['for none that a node has', { states: ['in_pool', 'confirmed'] }, false],
    ['for none that is only planned', { states: ['planned'] }, false],
    ['for work on its engines', { isBusy: true }, true],
    ['for no node that is away', { states: ['signed'], node: 'offline' }, false],
    ['for no node that it never saw', { states: ['signed'], node: null }, false],
    ['for an answer that the validator has not read', { validator: 'connected', answered: 1 }, true],
    ['for none whose validator is away', { validator: 'waiting', answered: 1 }, false],
  ])('%s', (_name, change, isGoing) => {
    expect(workOf({ ...AT_REST, ...change }).work.isGoing).toBe(isGoing);
  });

  it('and the miner goes on after it only where it was on before', () => {
    const on = workOf({ ...AT_REST, running: true });
    on.work.finish();
    on.work.goOn();
    on.work.goOn();
    expect(on.calls).toEqual(['finish', 'start']);
    const off = workOf(AT_REST);
    off.work.finish();
    off.work.goOn();
    expect(off.calls).toEqual(['finish']);
  });
});
