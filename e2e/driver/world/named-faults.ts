import { askTwice, type Fault, loseAnswer, refuse, rewrite, truncate } from './faults';

/** Faults that tests draw from by name. */
export const NAMED_FAULTS = {
  refuse,
  'lose the answer': loseAnswer,
  'ask twice': askTwice,
  truncate,
  'status 500': ({ response }) => void response.writeHead(500).end('Internal Server Error'),
  'HTML with status 200': ({ response }) =>
    void response.writeHead(200).end('<html><body>Bad Gateway</body></html>'),
  'a nonce too high': rewrite((text) =>
    text.replace(/"nonce":\s*(\d+)/, (_, nonce) => `"nonce":${Number(nonce) + 2}`),
  ),
  'a nonce of 0': rewrite((text) => text.replace(/"nonce":\s*\d+/, '"nonce":0')),
  'nonce_too_low for what was taken': rewrite((text) =>
    text.replace('"received"', '"rejected","error":"nonce_too_low"'),
  ),
  'pending for what is confirmed': rewrite((text) => text.replace('"confirmed"', '"pending"')),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof NAMED_FAULTS;
export const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[]; // its own keys
