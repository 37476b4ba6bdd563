import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../clock/virtual-clock';
import { startDevnet } from './devnet';
import { EventStream } from './event-stream';
import { FAUCET, send, transaction } from './test-network';

describe('GET /events/stream', () => {
  it('begins with a ping and tells of each confirmed transaction, in the node’s layout', async () => {
    const devnet = await startDevnet({ port: 0, dataFolder: null, manual: true });
    try {
      await devnet.produceBlock();
      const response = await fetch(`${devnet.url}/events/stream`, {
        headers: { Origin: 'http://page.example' },
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
      const decoder = new TextDecoder();
      let text = '';
      const readUntil = async (end: string): Promise<void> => {
        while (!text.endsWith(end)) {
          const { value, done } = await reader.read();
          if (done) return;
          text += decoder.decode(value);
        }
      };
      await readUntil(': ping\n\n');
      const { tx_hash } = await send(devnet.url, transaction(FAUCET, 0));
      await devnet.produceBlock();
      await readUntil('}\n\n');
      expect(text).toBe(
        `: ping\n\ndata: {"type": "tx_confirmed", "tx_hash": "${tx_hash}", "block_height": 1}\n\n`,
      );
      await reader.cancel();
    } finally {
      await devnet.close();
    }
  });

  it('drops a client that reads nothing once four megabytes wait for it', async () => {
    const stream = new EventStream(new VirtualClock());
    const server = createServer((_request, response) => stream.attach(response, {}));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const taken = new Promise<ServerResponse>((resolve) =>
      server.once('request', (_request, response) => resolve(response)),
    );
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const response = await taken;
    const event = { type: 'tx_failed', tx_hash: '', error: 'x'.repeat(1 << 20) } as const;
    // In one turn, so that nothing of it leaves meanwhile.
    for (let written = 1; written <= 3; written += 1) stream.emit(event);
    expect(response.destroyed).toBe(false);
    for (let written = 4; written <= 12; written += 1) stream.emit(event);
    expect(response.destroyed).toBe(true);
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends when the devnet does', async () => {
    const devnet = await startDevnet({ port: 0, dataFolder: null, manual: true });
    const response = await fetch(`${devnet.url}/events/stream`);
    const whole = response.text().catch(() => ': ping\n\n');
    await devnet.close();
    expect(await whole).toContain(': ping');
  });
});
