import { FaultNode } from '../../e2e/driver/world/fault-node';
import type { Fault } from '../../e2e/driver/world/faults';

/** A node that notes when it took each result, after the newest block was there. */
export class WatchedNode {
  readonly front: FaultNode;
  /** From the newest block to each result that was accepted, ms. */
  readonly delaysMs: number[] = [];
  /** Requests since the last `begin`, streams not counted. */
  #requestsBefore = 0;
  #blockAtMs = performance.now();

  private constructor(front: FaultNode) {
    this.front = front;
    const watch: Fault = async ({ ask, response }) => {
      const { status, text } = await ask();
      if (text.includes('"received"')) this.delaysMs.push(performance.now() - this.#blockAtMs);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    };
    const others = front.fault;
    front.fault = (path) => (path === '/tx/send' ? watch : others(path));
  }

  static async start(target: string): Promise<WatchedNode> {
    return new WatchedNode(await FaultNode.start(target));
  }

  /** A block is there from now on. */
  blockMade(): void {
    this.#blockAtMs = performance.now();
  }

  /** Counts from here. */
  begin(): void {
    this.delaysMs.length = 0;
    this.#requestsBefore = this.#asked();
  }

  get requests(): number {
    return this.#asked() - this.#requestsBefore;
  }

  #asked(): number {
    return this.front.requests.filter((path) => !path.startsWith('/events')).length;
  }
}
