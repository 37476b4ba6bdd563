import type { IncomingMessage } from 'node:http';

/** Larger bodies are refused: no transaction needs as much. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** The body, or null as soon as it turns out too large. */
export async function readBody(
  request: IncomingMessage,
  mostBytes = MAX_BODY_BYTES,
): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request's chunks are buffers.
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > mostBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** FastAPI reads a body as JSON when it is called so, or not called anything. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  return /^\s*application\/(?:json|[^\s;]+\+json)\s*(?:;|$)/i.test(contentType);
}
