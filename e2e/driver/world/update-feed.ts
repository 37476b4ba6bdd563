import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealEnvelope } from '../../../src-main/updates/envelope';
import type { Release } from '../../../src-main/updates/release';

/** What an update feed answers to one address: text or bytes, or whatever else is done with the request. */
type Answer = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

/** A place for updates on loopback, with a key of its own. */
export class UpdateFeed {
  readonly keys = generateKeyPairSync('ed25519');
  /** The path of each request, in their order. */
  readonly requests: string[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.requests.push(path);
    const answer = this.#answers.get(path);
    if (typeof answer === 'function') answer(request, response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });

  static async open(): Promise<UpdateFeed> {
    const feed = new UpdateFeed();
    await new Promise<void>((resolve) => feed.#server.listen(0, '127.0.0.1', resolve));
    return feed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`; // it listens on a port
  }

  /** The file that tells a build of this place and its key. */
  get source(): { feed: string; channel: 'stable'; keys: string[] } {
    return { feed: this.url, channel: 'stable', keys: [rawKey(this.keys.publicKey)] };
  }

  serve(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  /** Offers a version whose AppImage for this machine is these bytes; `change` may make another release of it. */
  offer(
    version: string,
    bytes: Buffer,
    change: (release: Release) => object = (release) => release,
  ): Release {
    const release = releaseOf(version, bytes);
    this.serve('/stable.json', this.sealed(change(release)));
    this.serve(`/${release.files[0]?.name}`, bytes);
    return release;
  }

  sealed(release: object, key: KeyObject = this.keys.privateKey): string {
    return sealEnvelope(Buffer.from(JSON.stringify(release)), key);
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A version as its makers would sign it. */
export function releaseOf(version: string, bytes: Buffer): Release {
  return {
    app: 'computechain-miner',
    version,
    channel: 'stable',
    releasedAt: '2026-11-20T12:00:00Z',
    stagingPercent: 100,
    notes: { en: `What is new in ${version}`, ru: `Что нового в ${version}` },
    files: [
      {
        platform: 'linux',
        arch: process.arch as 'x64' | 'arm64', // where tests run
        kind: 'AppImage',
        name: `computechain-miner-${version}-linux-x86_64.AppImage`,
        bytes: bytes.length,
        sha512: createHash('sha512').update(bytes).digest('base64'),
      },
    ],
  };
}

function rawKey(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
}
