import type { Envelope } from '../../../src-shared/ipc/envelope';
import { callMain } from './call-main';
import { showNotice } from './notice-store';

/** Sends a command; a failure is shown as a notice. True when main did it. */
export async function sendCommand(command: () => Promise<Envelope<unknown>>): Promise<boolean> {
  const answer = await callMain(command);
  if (!answer.ok) showNotice(answer.error);
  return answer.ok;
}

/** `sendCommand` for event handlers, which have no use for the outcome. */
export function fireCommand(command: () => Promise<Envelope<unknown>>): void {
  // sendCommand never rejects.
  void sendCommand(command);
}
