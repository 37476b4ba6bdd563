import { describe, expect, it } from 'vitest';
import { allowedNodeUrl } from './allowed-node-url';

const NODE = 'http://node.example:8000';

describe('the address of a node', () => {
  it.each([
    'https://node.example:8000',
    'http://127.0.0.1:8000',
    'http://localhost:8000',
    'http://[::1]:8000',
  ])('is taken without a word where it is %s', (url) => {
    expect(allowedNodeUrl(`${url}/`, { insecureNodeUrl: null })).toBe(url);
  });

  it('is taken by http: to another machine where a person agreed to that very address, however it was typed', () => {
    for (const insecureNodeUrl of [NODE, `${NODE}/`, ' HTTP://NODE.example:8000 '])
      expect(allowedNodeUrl(NODE, { insecureNodeUrl })).toBe(NODE);
  });

  it.each([
    null,
    'http://node.example',
    'http://node.example:8001',
    'http://node.example:8000/path',
    'http://other.example:8000',
    'http://node.example.other:8000',
    'https://node.example:8000',
    'http://127.0.0.1:8000',
  ])('is refused where what was agreed to is %s', (insecureNodeUrl) => {
    const refused = expect.objectContaining({ code: 'insecure_node_url', params: { url: NODE } });
    expect(() => allowedNodeUrl(NODE, { insecureNodeUrl })).toThrow(refused);
  });
});
