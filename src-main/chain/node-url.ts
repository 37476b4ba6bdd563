import { AppError } from '../../src-shared/errors';
import { plainText } from '../../src-shared/pasted-text';
import { isLoopback } from '../network/loopback';

/** A node's address, and what may be trusted to it. */
export type NodeUrl = {
  /** Scheme, host and path without a trailing slash. */
  readonly url: string;
  readonly loopback: boolean;
  /** True for `http:` to another machine: what is sent and answered can be changed on the way. */
  readonly insecure: boolean;
};

/**
 * Reads a node's address as a person types it.
 * @throws AppError `invalid_node_url` saying what is wrong with it
 */
export function parseNodeUrl(text: string): NodeUrl {
  const trimmed = plainText(text);
  let parsed: URL;
  try {
    parsed = new URL(trimmed);
  } catch {
    throw invalid(trimmed, 'it is not a URL such as https://node.example:8000');
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw invalid(trimmed, 'it must begin with http:// or https://');
  }
  if (parsed.username || parsed.password) throw invalid(trimmed, 'it must not hold a user name or password');
  if (parsed.search || parsed.hash) throw invalid(trimmed, 'it must end after the path');
  const loopback = isLoopback(parsed.hostname);
  return {
    url: `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`,
    loopback,
    insecure: parsed.protocol === 'http:' && !loopback,
  };
}

/** @param text as it was typed; a password in it is not repeated */
function invalid(text: string, why: string): AppError {
  const value = text.replace(/\/\/[^/?#]*@/, '//…@');
  return new AppError(
    'invalid_node_url',
    `The node address "${value.slice(0, 100)}" can't be used: ${why}.`,
    {
      remedy: 'fix_input',
      params: { value: value.slice(0, 100), why },
    },
  );
}
