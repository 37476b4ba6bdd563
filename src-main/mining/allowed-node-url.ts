import { AppError } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import { parseNodeUrl } from '../chain/node-url';

/**
 * A node's address, tidied. `http:` to another machine only where the person agreed to that very address.
 * @throws AppError `invalid_node_url`, `insecure_node_url`
 */
export function allowedNodeUrl(text: string, { insecureNodeUrl }: Pick<Settings, 'insecureNodeUrl'>): string {
  const { url, insecure } = parseNodeUrl(text);
  if (!insecure || (insecureNodeUrl !== null && parseNodeUrl(insecureNodeUrl).url === url)) return url;
  throw new AppError(
    'insecure_node_url',
    `What goes to ${url} and comes back can be read and changed on the way: http:// to another machine. Use https://, or agree to the risk.`,
    { remedy: 'fix_input', params: { url } },
  );
}
