import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { BackOff } from '../async/back-off';
import { Wake, waitUntil } from '../async/wait';
import type { Clock } from '../clock/clock';
import type { Ways } from '../network/ways';

// An event of the reference has some hundred bytes.
const MOST_EVENT_CHARACTERS = 64 * 1024;

const hintSchema = z.object({ block_height: z.number().int() });

type Parts = {
  /** The node's. */
  readonly url: string;
  readonly onHeight: (height: number) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ways: Pick<Ways, 'send'>;
};

/**
 * Listens to the node's `/events/stream` (server-sent events) and calls `onHeight` with the heights it tells of. Only
 * a hint: delivery can lag by seconds, and nothing is believed because of it. A stream whose lines or events do not end
 * is left, and tried again later; that nobody is there any more, TCP finds out (its keep-alive). Runs until `signal`
 * fires.
 */
export async function followEvents(parts: Parts, signal: AbortSignal): Promise<void> {
  const { clock, random } = parts;
  const backOff = new BackOff(5000, 60_000, random);
  const wait = new Wake();
  while (!signal.aborted) {
    try {
      await listen(parts, signal);
      backOff.reset();
    } catch {
      // A node without the stream, or one that is down, is followed by the clock alone.
    }
    await waitUntil(clock, backOff.next(), wait, signal);
  }
}

async function listen({ url, onHeight, ways }: Parts, signal: AbortSignal): Promise<void> {
  const answer = await ways.send(`${url}/events/stream`, {
    signal,
    headers: { accept: 'text/event-stream' },
  });
  if (answer.status !== 200) {
    answer.drop();
    throw new Error(`HTTP ${answer.status}`);
  }
  const parser = createParser({
    // A line or an event that does not end: the parser says so once, and then takes no more.
    maxBufferSize: MOST_EVENT_CHARACTERS,
    onEvent: ({ data }) => {
      const height = heightIn(data);
      if (height !== null) onHeight(height);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) parser.feed(decoder.decode(chunk, { stream: true }));
}

function heightIn(data: string): number | null {
  try {
    return hintSchema.parse(JSON.parse(data)).block_height;
  } catch {
    return null;
  }
}
