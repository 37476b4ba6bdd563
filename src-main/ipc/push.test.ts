import { describe, expect, it, vi } from 'vitest';
import { PUSHES, type PushChannel, type Role } from '../../src-shared/ipc/contract';
import { pusher } from './push';

const page = (role: Role | undefined, isDestroyed = false) => ({
  role,
  send: vi.fn(),
  isDestroyed: () => isDestroyed,
});
const push = pusher((contents: ReturnType<typeof page>) => contents.role);
const CHANGED = { revision: 1, changed: {} };

describe('a push', () => {
  it('reaches a page of its role, with what its schema names and nothing else', () => {
    const ui = page('ui');
    const progress = { lanes: [{ lane: 'lane-0', done: 0.5, secret: 'x' }] };
    push(ui, 'state:changed', { revision: 2, changed: { progress } });
    expect(ui.send).toHaveBeenCalledExactlyOnceWith('state:changed', {
      revision: 2,
      changed: { progress: { lanes: [{ lane: 'lane-0', done: 0.5 }] } },
    });
  });

  it.each(Object.keys(PUSHES) as PushChannel[])('of %s never reaches a page of another role', (channel) => {
    const { role } = PUSHES[channel];
    for (const other of [role === 'ui' ? 'compute' : 'ui', undefined] as const) {
      const wrong = page(other);
      expect(() => push(wrong, channel, CHANGED as never)).toThrow('not for this page');
      expect(wrong.send).not.toHaveBeenCalled();
    }
  });

  it('that does not fit its schema is a mistake in the program', () => {
    const ui = page('ui');
    expect(() => push(ui, 'state:changed', { revision: 'x', changed: {} } as never)).toThrow();
    expect(ui.send).not.toHaveBeenCalled();
  });

  it('to a page that is gone does nothing', () => {
    const gone = page('ui', true);
    push(gone, 'state:changed', CHANGED);
    expect(gone.send).not.toHaveBeenCalled();
  });
});
