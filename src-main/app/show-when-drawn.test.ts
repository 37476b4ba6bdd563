import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { showWhenDrawn } from './show-when-drawn';

/** A window of which a test decides what it tells. */
function opened() {
  const clock = new VirtualClock();
  const contents = new EventEmitter();
  const window = Object.assign(new EventEmitter(), { webContents: contents });
  let shown = 0;
  let isSettled = false;
  // It is only listened to.
  const done = showWhenDrawn(window as unknown as BrowserWindow, clock.after, () => {
    shown += 1;
  }).then(() => {
    isSettled = true;
  });
  return { clock, contents, window, done, shown: () => shown, isSettled: () => isSettled };
}

describe('a new window', () => {
  it('is not shown while there is nothing to see', async () => {
    const { clock, shown, isSettled } = opened();
    await clock.advance(1000);
    expect([shown(), isSettled()]).toEqual([0, false]);
  });

  it('is shown once it is drawn, and only once', async () => {
    const { clock, contents, window, done, shown } = opened();
    window.emit('ready-to-show');
    await done;
    contents.emit('did-finish-load');
    await clock.advance(60_000);
    expect(shown()).toBe(1);
  });

  it('is shown by its loaded page where nobody says that it is drawn', async () => {
    const { contents, done, shown } = opened();
    contents.emit('did-finish-load');
    await done;
    expect(shown()).toBe(1);
  });

  it('is shown after a while where its page says nothing either', async () => {
    const { clock, shown, isSettled } = opened();
    await clock.advance(3000);
    expect([shown(), isSettled()]).toEqual([1, true]);
  });

  it('that is gone meanwhile is shown no more, and nobody waits for it', async () => {
    const { clock, contents, window, done, shown } = opened();
    window.emit('closed');
    await done;
    contents.emit('did-finish-load');
    await clock.advance(60_000);
    expect(shown()).toBe(0);
    expect(clock.waiting).toBe(0);
  });
});
