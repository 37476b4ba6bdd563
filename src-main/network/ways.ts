import { openSocket } from './socket';
import { send } from './transport';

/** The ways to other machines, handed in like the clock, so that a miner can be run against machines that are none. */
export type Ways = {
  /** One request: `send` of transport.ts. */
  readonly send: typeof send;
  /** A connection for a WebSocket: `openSocket` of socket.ts. */
  readonly openSocket: typeof openSocket;
};

/** This machine's own network. */
export const systemWays: Ways = { send, openSocket };
