import { describe, expect, it } from 'vitest';
import { parseNodeUrl } from './node-url';

describe('the address of a node', () => {
  it.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000', true, false],
    [' http://localhost:8000/ ', 'http://localhost:8000', true, false],
    ['http://[::1]:8000', 'http://[::1]:8000', true, false],
    ['https://node.example/rpc/', 'https://node.example/rpc', false, false],
    ['https://node.example//rpc//', 'https://node.example//rpc', false, false],
    ['http://10.0.0.5:8000', 'http://10.0.0.5:8000', false, true],
    // A name that only looks like this machine may lead anywhere.
    ['http://localhost.example', 'http://localhost.example', false, true],
    ['http://127.0.0.1.example', 'http://127.0.0.1.example', false, true],
  ])('%s is read as %s, loopback %s, insecure %s', (text, url, loopback, insecure) => {
    expect(parseNodeUrl(text)).toEqual({ url, loopback, insecure });
  });

  it.each([
    ['', 'not a URL'],
    ['node.example:8000', 'http:// or https://'],
    ['ftp://node.example', 'http:// or https://'],
    ['file:///etc/passwd', 'http:// or https://'],
    ['http://user:pass@node.example', 'user name'],
    ['http://user@node.example', 'user name'],
    ['http://:pass@node.example', 'user name'],
    ['http://node.example/?x=1', 'end after the path'],
  ])('%s is refused where it is typed, with the reason', (text, why) => {
    expect(() => parseNodeUrl(text)).toThrowError(
      expect.objectContaining({ code: 'invalid_node_url', remedy: 'fix_input' }),
    );
    expect(() => parseNodeUrl(text)).toThrowError(why);
  });

  it('is refused without repeating a password that was in it', () => {
    for (const text of [
      'http://user:pass@node.example',
      'ftp://user:pass@node.example/a@b',
      'http://us@er:pass@x y',
    ])
      expect(() => parseNodeUrl(text)).toThrowError(
        expect.objectContaining({
          message: expect.not.stringContaining('pass@'),
          params: expect.objectContaining({ value: expect.not.stringContaining('pass') }),
        }),
      );
    expect(() => parseNodeUrl('http://user:pass@node.example')).toThrowError(
      expect.objectContaining({ params: expect.objectContaining({ value: 'http://…@node.example' }) }),
    );
  });

  it('is repeated by its beginning only, where it is long', () => {
    const value = `ftp://${'x'.repeat(94)}`;
    expect(() => parseNodeUrl(`${value}yz`)).toThrowError(
      expect.objectContaining({
        message: expect.not.stringContaining('xy'),
        params: expect.objectContaining({ value }),
      }),
    );
  });
});
