import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

type ShownWindow = { readonly width: number; readonly height: number };

const QUERY_TREE = 15;
const GET_WINDOW_ATTRIBUTES = 3;
const GET_GEOMETRY = 14;
const VIEWABLE = 2;

/**
 * The windows that a virtual display shows, as its server tells: in pixels, those of its root alone ("X Window System
 * Protocol", appendix B). Nothing need run in an app for it.
 * @param display as `:99`; its server takes anybody
 */
export async function shownWindows(display: string): Promise<ShownWindow[]> {
  const server = connect(`/tmp/.X11-unix/X${/\d+/.exec(display)?.[0]}`);
  try {
    const root = await greet(server);
    const tree = await ask(server, QUERY_TREE, root);
    const shown: ShownWindow[] = [];
    for (let at = 32; at < 32 + 4 * tree.readUInt16LE(16); at += 4) {
      const window = tree.readUInt32LE(at);
      const attributes = await ask(server, GET_WINDOW_ATTRIBUTES, window);
      const geometry = await ask(server, GET_GEOMETRY, window);
      // A window that has gone meanwhile is answered by an error, all of whose bytes there are zero.
      if (attributes.readUInt8(26) !== VIEWABLE) continue;
      shown.push({ width: geometry.readUInt16LE(16), height: geometry.readUInt16LE(18) });
    }
    return shown;
  } finally {
    server.destroy();
  }
}

/** Opens the conversation, least byte first, without a cookie. @returns the root window of the first screen */
async function greet(server: Socket): Promise<number> {
  server.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const head = await take(server, 8);
  const rest = await take(server, 4 * head.readUInt16LE(6));
  if (head.readUInt8(0) !== 1) throw new Error('the display does not let us in');
  const vendorBytes = 4 * Math.ceil(rest.readUInt16LE(16) / 4);
  return rest.readUInt32LE(32 + vendorBytes + 8 * rest.readUInt8(21));
}

async function ask(server: Socket, request: number, window: number): Promise<Buffer> {
  const bytes = Buffer.from([request, 0, 2, 0, 0, 0, 0, 0]);
  bytes.writeUInt32LE(window, 4);
  server.write(bytes);
  const head = await take(server, 32);
  const more = head.readUInt8(0) === 1 ? 4 * head.readUInt32LE(4) : 0;
  return more === 0 ? head : Buffer.concat([head, await take(server, more)]);
}

async function take(server: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    const chunk: Buffer | null = server.read(bytes);
    if (chunk !== null) return chunk;
    if (server.readableEnded) throw new Error('the display closed the conversation');
    await once(server, 'readable');
  }
}
