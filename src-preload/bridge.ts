import { ipcRenderer } from 'electron';
import type { Channel, Request, Response } from '../src-shared/ipc/contract';
import type { Envelope } from '../src-shared/ipc/envelope';

/** Calls one channel of the contract; main checks who asks and what is sent. */
export function call<C extends Channel>(channel: C, request: Request<C>): Promise<Envelope<Response<C>>> {
  return ipcRenderer.invoke(channel, request) as Promise<Envelope<Response<C>>>;
}

/** Listens to one push channel, handing on the payload and never the event; returns the function that stops it. */
export function listen<T>(channel: string, listener: (payload: T) => void): () => void {
  const handler = (_event: unknown, payload: T) => listener(payload);
  ipcRenderer.on(channel, handler);
  return () => ipcRenderer.off(channel, handler);
}
