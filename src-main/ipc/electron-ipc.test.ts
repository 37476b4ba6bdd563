import { describe, expect, it, vi } from 'vitest';
import { electronRegister } from './electron-ipc';
import type { Sender } from './handle';

type Listener = (event: unknown, payload: unknown, requestId: unknown, ...more: unknown[]) => unknown;
const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, Listener>() }));
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));

const page = { id: 7 };
const register = electronRegister((contents) => (contents === (page as unknown) ? 'ui' : undefined));
const answered = vi.fn(async (sender: Sender) => ({ ok: true as const, value: sender }));
register('state:get', answered);

const MAIN = { origin: 'app://ui', parent: null };

describe('the sender of a request', () => {
  it.each([
    ['the page itself', { sender: page, senderFrame: MAIN }, { origin: 'app://ui', isMain: true }],
    [
      'a frame within it',
      { sender: page, senderFrame: { origin: 'app://ui', parent: MAIN } },
      { origin: 'app://ui', isMain: false },
    ],
    [
      'a page from elsewhere',
      { sender: page, senderFrame: { origin: 'https://example.com', parent: null } },
      { origin: 'https://example.com', isMain: true },
    ],
    ['a frame that is gone', { sender: page, senderFrame: null }, null],
  ])('is told as %s', async (_who, event, frame) => {
    await listeners.get('state:get')?.(event, 'payload', 'id', 'more');
    expect(answered).toHaveBeenLastCalledWith({ window: 7, role: 'ui', frame }, 'payload', 'id');
  });

  it('has no role where its page is none of ours', async () => {
    await listeners.get('state:get')?.({ sender: { id: 8 }, senderFrame: MAIN }, undefined, undefined);
    const frame = { origin: 'app://ui', isMain: true };
    expect(answered).toHaveBeenLastCalledWith({ window: 8, role: undefined, frame }, undefined, undefined);
  });
});
