import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors';

/** What the signed bytes are, so that a signature over something else is worth nothing here. */
export const PAYLOAD_TYPE = 'application/vnd.computechain.miner-release+json';

const MOST_SIGNATURES = 8;
const base64 = z.base64();
const envelopeSchema = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: base64,
  signatures: z
    .array(z.object({ sig: base64 }))
    .min(1)
    .max(MOST_SIGNATURES),
});

/**
 * The signed bytes of a DSSE envelope (Dead Simple Signing Envelope 1.0) that one of the keys signed, by Ed25519
 * (RFC 8032).
 * @throws AppError `update_unreadable` for no such envelope, `update_signature_wrong` where none of the keys signed it
 */
export function openEnvelope(text: string, keys: readonly KeyObject[]): Buffer {
  const envelope = envelopeSchema.safeParse(parsed(text));
  if (!envelope.success) throw unreadable('it is no signed release');
  const payload = Buffer.from(envelope.data.payload, 'base64');
  const signed = preAuthEncoding(payload);
  const isSigned = envelope.data.signatures.some(({ sig }) =>
    keys.some((key) => verify(null, signed, key, Buffer.from(sig, 'base64'))),
  );
  if (isSigned) return payload;
  throw new AppError(
    'update_signature_wrong',
    'The place for updates offered a version that its makers did not sign, so nothing was installed. Somebody may be tampering with it: get new versions from where you got this one.',
    { remedy: 'none' },
  );
}

/** Signs bytes into an envelope, as text. */
export function sealEnvelope(payload: Buffer, key: KeyObject): string {
  const sig = sign(null, preAuthEncoding(payload), key).toString('base64');
  const envelope = { payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures: [{ sig }] };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** A public key of Ed25519 from its 32 bytes, in base64. @throws Error where they are no such key */
export function publicKey(raw: string): KeyObject {
  const bytes = Buffer.from(raw, 'base64');
  if (bytes.length !== 32) throw new Error('A public key of Ed25519 has 32 bytes, in base64.');
  return createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
  });
}

/** What a signature of DSSE is over: the type and the bytes, each after its length. */
function preAuthEncoding(payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** That what the place for updates says can't be used. @param why goes after "because" */
export function unreadable(why: string): AppError {
  return new AppError(
    'update_unreadable',
    `What the place for updates says of new versions can't be used: ${why}. It is asked again later.`,
    { remedy: 'wait', params: { why } },
  );
}
