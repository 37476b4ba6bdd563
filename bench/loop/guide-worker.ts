import { resultPayload, send, type TestAccount, transaction } from '../../src-main/devnet/test-network';

const PAUSE_MS = 10_000;

/** The loop of the worker guide: ask, compute, send, sleep ten seconds. Computes nothing, as the other side does not. */
export class GuideWorker {
  readonly #url: string;
  readonly #account: TestAccount;
  #timer: NodeJS.Timeout | null = null;

  constructor(url: string, account: TestAccount) {
    this.#url = url;
    this.#account = account;
  }

  start(): void {
    void this.#round().catch(() => undefined);
    this.#timer = setTimeout(() => this.start(), PAUSE_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #round(): Promise<void> {
    const get = async (path: string) => (await fetch(`${this.#url}${path}`)).json();
    const { last_hash } = (await get('/status')) as { last_hash: string };
    const { nonce } = (await get(`/nonce/${this.#account.address}?pending=true`)) as { nonce: number };
    const payload = resultPayload(this.#account, { result_hash: last_hash });
    await send(
      this.#url,
      transaction(this.#account, nonce, { type: 'SUBMIT_RESULT', to: null, amount: 0n, payload }),
    );
  }
}
