import { AppError, toErrorReport } from '../../src-shared/errors';
import {
  type Channel,
  CONTRACT,
  type Request,
  type Response,
  type Role,
  requestIdSchema,
} from '../../src-shared/ipc/contract';
import type { Envelope } from '../../src-shared/ipc/envelope';
import { RunningRequests } from './running-requests';

/** What main knows of a message's sender; `null` frame means it is gone already. */
export type Sender = {
  /** Which window spoke: the id of its web contents. */
  readonly window: number;
  readonly role: Role | undefined;
  readonly frame: { readonly origin: string; readonly isMain: boolean } | null;
};

/** Who asks, and whether they still want the answer. */
export type RequestContext = {
  /** Which window spoke. */
  readonly window: number;
  /** Fires where the window cancels the request or goes away. */
  readonly signal: AbortSignal;
};

/** The channels that something in main stands behind; cancelling is done here. */
export type HandledChannel = Exclude<Channel, 'request:cancel'>;

/** One function per channel of the contract. */
export type Handlers = {
  [C in HandledChannel]: (request: Request<C>, context: RequestContext) => Promise<Response<C>> | Response<C>;
};

/** Asked to register one channel; in the app that is `ipcMain.handle`. */
export type Register = (
  channel: Channel,
  answer: (sender: Sender, payload: unknown, requestId: unknown) => Promise<Envelope<unknown>>,
) => void;

/**
 * Wires every channel the same way: sender, role, schema, call, envelope. The answer is parsed too, so that only what
 * the contract names leaves main.
 * @param onRefused told of each refused message, for the log
 * @returns what is to be told of a window that is gone: its requests are cancelled
 */
export function handleAll(
  register: Register,
  origins: Record<Role, string>,
  handlers: Handlers,
  onRefused: (channel: string, why: string) => void,
): { readonly windowGone: (window: number) => void } {
  const running = new RunningRequests();
  for (const channel of Object.keys(CONTRACT) as Channel[]) {
    register(channel, async (sender, payload, requestId) => {
      try {
        requireAllowed(channel, sender, origins);
        const request = parsed(channel, payload);
        const id = requestIdSchema.optional().safeParse(requestId);
        if (!id.success) throw invalid(channel);
        if (channel === 'request:cancel') {
          running.cancel(sender.window, (request as Request<'request:cancel'>).requestId);
          return { ok: true, value: undefined };
        }
        const value = await running.run(sender.window, id.data, (signal) =>
          answer(channel, request, { window: sender.window, signal }, handlers),
        );
        return { ok: true, value };
      } catch (error) {
        const report = toErrorReport(error);
        if (report.code === 'forbidden' || report.code === 'invalid_request')
          onRefused(channel, report.message);
        return { ok: false, error: report };
      }
    });
  }
  return { windowGone: (window) => running.cancelAll(window) };
}

function requireAllowed(channel: Channel, { role, frame }: Sender, origins: Record<Role, string>): void {
  const entry = CONTRACT[channel];
  const allowed = role === entry.role && frame?.isMain === true && frame.origin === origins[entry.role];
  if (!allowed) throw new AppError('forbidden', `This page may not call ${channel}.`);
}

function parsed(channel: Channel, payload: unknown): Request<Channel> {
  const request = CONTRACT[channel].request.safeParse(payload);
  if (!request.success) throw invalid(channel);
  return request.data;
}

async function answer<C extends HandledChannel>(
  channel: C,
  request: Request<Channel>,
  context: RequestContext,
  handlers: Handlers,
): Promise<unknown> {
  // The schema of this very channel made the value; TypeScript cannot follow the lookup.
  const value = await handlers[channel](request as Request<C>, context);
  return CONTRACT[channel].response.parse(value);
}

function invalid(channel: Channel): AppError {
  return new AppError('invalid_request', `The request to ${channel} does not fit its schema.`);
}
