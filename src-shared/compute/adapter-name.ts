import type { AdapterInfo } from './adapter';

/** What to call an adapter: the fullest of the names it gives itself. */
export function adapterName({ description, device, architecture, vendor }: AdapterInfo): string {
  if (description !== '') return description;
  return `${vendor} ${device === '' ? architecture : device}`.trim();
}
