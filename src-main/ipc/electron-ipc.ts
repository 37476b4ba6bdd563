import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Role } from '../../src-shared/ipc/contract';
import type { Register, Sender } from './handle';

/** `handleAll`'s register over Electron's ipcMain. */
export function electronRegister(roleOf: (contents: Electron.WebContents) => Role | undefined): Register {
  return (channel, answer) => {
    ipcMain.handle(channel, (event, payload: unknown, requestId: unknown) =>
      answer(senderOf(event, roleOf), payload, requestId),
    );
  };
}

function senderOf(
  event: IpcMainInvokeEvent,
  roleOf: (contents: Electron.WebContents) => Role | undefined,
): Sender {
  const frame = event.senderFrame;
  return {
    window: event.sender.id,
    role: roleOf(event.sender),
    frame: frame === null ? null : { origin: frame.origin, isMain: frame.parent === null },
  };
}
