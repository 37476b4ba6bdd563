import { AppError, toErrorReport } from '../../src-shared/errors';
import {
  type Channel,
  CONTRACT,
  type Request,
  type Response,
  type Role,
} from '../../src-shared/ipc/contract';
import type { Envelope } from '../../src-shared/ipc/envelope';

/** What main knows of a message's sender; `null` frame means it is gone already. */
export type Sender = {
  readonly role: Role | undefined;
  readonly frame: { readonly origin: string; readonly isMain: boolean } | null;
};

/** One function per channel of the contract. */
export type Handlers = { [C in Channel]: (request: Request<C>) => Promise<Response<C>> | Response<C> };

/** Asked to register one channel; in the app that is `ipcMain.handle`. */
export type Register = (
  channel: Channel,
  answer: (sender: Sender, payload: unknown) => Promise<Envelope<unknown>>,
) => void;

/**
 * Wires every channel the same way: sender, role, schema, call, envelope. The answer is parsed too, so that only what
 * the contract names leaves main.
 * @param onRefused told of each refused message, for the log
 */
export function handleAll(
  register: Register,
  origins: Record<Role, string>,
  handlers: Handlers,
  onRefused: (channel: string, why: string) => void,
): void {
  for (const channel of Object.keys(CONTRACT) as Channel[]) {
    register(channel, async (sender, payload) => {
      try {
        return { ok: true, value: await answer(channel, sender, payload, origins, handlers) };
      } catch (error) {
        const report = toErrorReport(error);
        if (report.code === 'forbidden' || report.code === 'invalid_request')
          onRefused(channel, report.message);
        return { ok: false, error: report };
      }
    });
  }
}

async function answer<C extends Channel>(
  channel: C,
  sender: Sender,
  payload: unknown,
  origins: Record<Role, string>,
  handlers: Handlers,
): Promise<unknown> {
  const entry = CONTRACT[channel];
  const { role, frame } = sender;
  const allowed = role === entry.role && frame?.isMain === true && frame.origin === origins[entry.role];
  if (!allowed) throw new AppError('forbidden', `This page may not call ${channel}.`);
  const request = entry.request.safeParse(payload);
  if (!request.success) {
    throw new AppError('invalid_request', `The request to ${channel} does not fit its schema.`);
  }
  // The schema of this very channel made the value; TypeScript cannot follow the lookup.
  const value = await handlers[channel](request.data as Request<C>);
  return entry.response.parse(value);
}
