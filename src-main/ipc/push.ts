import { PUSHES, type Push, type PushChannel, type Role } from '../../src-shared/ipc/contract';

/** A page that can be pushed to; in the app an Electron `WebContents`. */
export type Recipient = {
  send(channel: string, payload: unknown): void;
  isDestroyed(): boolean;
};

/** Pushes one message to a page; the only way main sends anything to a renderer. */
export type Pusher = <C extends PushChannel>(to: Recipient, channel: C, payload: Push<C>) => void;

/**
 * The push of messages by their table: a page of another role than the channel's gets nothing, and only what the
 * channel's schema names leaves main. A page that is gone is passed over.
 * @param roleOf the role a page was made for
 * @throws Error for a page of another role or a payload that does not fit: mistakes in the program
 */
export function pusher<R extends Recipient>(roleOf: (contents: R) => Role | undefined) {
  return <C extends PushChannel>(to: R, channel: C, payload: Push<C>): void => {
    if (to.isDestroyed()) return;
    const entry = PUSHES[channel];
    if (roleOf(to) !== entry.role) throw new Error(`${channel} is not for this page`);
    to.send(channel, entry.payload.parse(payload));
  };
}
