const SOON = 4_000_000_000;

type Answer = { readonly status: number; readonly body: unknown };
type Shown = {
  readonly status: string;
  readonly result: { readonly result_hash: string; readonly worker_address: string } | null;
};

/** A market's customer in a test. */
export class TestCustomer {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The body is sent as it is where it is text. */
  async post(path: string, body: unknown, contentType = 'application/json'): Promise<Answer> {
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    return this.#ask(path, {
      method: 'POST',
      body: text as string,
      headers: { 'Content-Type': contentType },
    });
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  /** Creates a task. @returns its id */
  async create(payload: object = SMALL, change: object = {}): Promise<string> {
    const { body } = await this.post('/tasks', offer(payload, change));
    return (body as { task_id: string }).task_id;
  }

  async show(taskId: string): Promise<Shown> {
    return (await this.get(`/tasks/${taskId}`)).body as Shown;
  }

  /** Why it failed, or how it was audited. */
  async audit(taskId: string): Promise<{ readonly audit: string | null; readonly reason: string | null }> {
    return (await this.get(`/tasks/${taskId}/audit`)).body as { audit: string | null; reason: string | null };
  }

  /** Asks again and again until a task is over. */
  async finished(taskId: string): Promise<Shown> {
    for (;;) {
      const shown = await this.show(taskId);
      if (shown.status === 'completed' || shown.status === 'failed') return shown;
    }
  }

  /** Asks again and again until so many tasks have a status. */
  async until(status: string, total: number): Promise<void> {
    for (;;) {
      const { body } = await this.get(`/tasks?status=${status}&limit=1`);
      if ((body as { total: number }).total === total) return;
    }
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(this.#url + path, init);
    return { status: response.status, body: await response.json() };
  }
}

export const SMALL = { challenge_type: 'synthetic', seed: 'ab'.repeat(32), matrix_size: 8 };

/** A body of `POST /tasks`. */
export function offer(payload: object = SMALL, change: object = {}): object {
  const { challenge_type } = payload as { challenge_type?: string };
  return { challenge_type, payload, reward: '10.0', deadline: SOON, ...change };
}
