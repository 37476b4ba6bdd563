import { describe, expect, it } from 'vitest';
import { startDevnet } from './devnet';
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

  it('ends when the devnet does', async () => {
    const devnet = await startDevnet({ port: 0, dataFolder: null, manual: true });
    const response = await fetch(`${devnet.url}/events/stream`);
    const whole = response.text().catch(() => ': ping\n\n');
    await devnet.close();
    expect(await whole).toContain(': ping');
  });
});
