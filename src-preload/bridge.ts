import { ipcRenderer } from 'electron';
import type { Channel, Push, PushChannel, Request, Response } from '../src-shared/ipc/contract';
import type { Envelope } from '../src-shared/ipc/envelope';

/**
 * Calls one channel of the contract; main checks who asks and what is sent.
 * @param requestId names the request for `request:cancel`
 */
export function call<C extends Channel>(
  channel: C,
  request: Request<C>,
  requestId?: string,
): Promise<Envelope<Response<C>>> {
  return ipcRenderer.invoke(channel, request, requestId) as Promise<Envelope<Response<C>>>;
}

/** Listens to one push channel, handing on the payload and never the event; returns the function that stops it. */
export function listen<C extends PushChannel>(channel: C, listener: (payload: Push<C>) => void): () => void {
  const handler = (_event: unknown, payload: Push<C>) => listener(payload);
  ipcRenderer.on(channel, handler);
  return () => ipcRenderer.off(channel, handler);
}
