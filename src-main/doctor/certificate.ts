import type { TLSSocket } from 'node:tls';
import { momentOf } from '../clock/calendar';
import { openSocket } from '../network/socket';

/**
 * Until when the certificate is good that a server of https: shows, ms since the epoch.
 * @throws what `openSocket` throws, as for one that is not trusted
 */
export async function certificateEnd(url: string, signal: AbortSignal): Promise<number> {
  const socket = await openSocket(url.replace(/^http/, 'ws'), signal);
  // It is one of TLS: the URL says so.
  const { valid_to: validTo } = (socket as TLSSocket).getPeerCertificate();
  socket.destroy();
  return momentOf(validTo);
}
