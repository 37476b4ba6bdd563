import { randomUUID } from 'node:crypto';
import { type Address, parseAddress } from '../../src-shared/chain/address';
import { parseCpc, parseUnits } from '../../src-shared/chain/amount';
import { exactFee } from '../../src-shared/chain/gas';
import { AppError, fromErrorReport } from '../../src-shared/errors';
import { uuidText } from '../../src-shared/matrix-mult/uuid';
import { plainHex, plainText } from '../../src-shared/pasted-text';
import type { Order, OrderRequest, ReviewedOrder, SentOrder } from '../../src-shared/wallet/order';
import type { Binding } from '../chain/chain-binding';
import type { KeyRing } from '../keys/key-ring';
import type { NodeSession } from '../mining/node-session';
import type { Journal } from '../submissions/journal';
import { unitsUnderWay } from '../submissions/pays-for-results';

type Parts = {
  readonly journal: Journal;
  readonly keys: Pick<KeyRing, 'find' | 'required'>;
  /** @throws AppError `node_unreachable` where there is none */
  readonly session: () => NodeSession;
};

type Terms = Pick<Order, 'orderId' | 'from' | 'chainId' | 'feeUnits'>;

/** What a person sends themselves: first shown to the digit, then, where they agree, signed and sent as it was shown. */
export class Orders {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * What would be signed, after every check that can be made before a fee is spent.
   * @throws AppError `invalid_address`, `invalid_amount`, `invalid_task_id`, `invalid_hash`, `order_not_covered`,
   *   `task_known`, `node_*`
   */
  async review(request: OrderRequest): Promise<ReviewedOrder> {
    const { keys } = this.#parts;
    const from = keys.required(request.from).address;
    const { network, chapter } = this.#bound();
    const feeUnits = exactFee(typeOf(request), network.minGasPrice);
    const terms: Terms = {
      orderId: randomUUID(),
      from,
      chainId: chapter.chainId,
      feeUnits: feeUnits.toString(),
    };
    // What is typed is judged before the node is asked.
    const body = request.kind === 'transfer' ? transferBody(request) : resultBody(request);
    if (body.kind === 'result') this.#requireNew(body.taskId);
    const free = await this.#freeUnits(from);
    if (body.kind === 'result') {
      requireCovered(free, feeUnits);
      const order: Order = { ...terms, ...body };
      return { order, leftUnits: (free - feeUnits).toString(), recipientName: null };
    }
    const amount = body.amountUnits ?? free - feeUnits;
    if (body.amountUnits === null && amount <= 0n) throw uncovered(free, feeUnits);
    requireCovered(free, amount + feeUnits);
    const order: Order = { ...terms, ...body, amountUnits: amount.toString() };
    const leftUnits = (free - amount - feeUnits).toString();
    return { order, leftUnits, recipientName: keys.find(body.to)?.name ?? null };
  }

  /**
   * Signs and sends an order as it was reviewed: once, however often it is asked.
   * @throws AppError `order_outdated` where chain or fee are others by now; the node's refusal; as `Submissions.submitByHand`
   */
  async send(order: Order): Promise<SentOrder> {
    const { keys, session } = this.#parts;
    const account = keys.required(order.from).address;
    const { network, chapter, tip } = this.#bound();
    const fee = exactFee(typeOf(order), network.minGasPrice);
    if (order.chainId !== chapter.chainId || parseUnits(order.feeUnits) !== fee) throw outdated();
    const common = {
      chapter: chapter.id,
      account,
      blockHeight: tip.block.header.height,
      blockHash: tip.hash,
      taskNonce: 0,
      matrixSize: 0,
      byHand: true,
    } as const;
    const sent = await session().submissions.submitByHand(
      order.kind === 'transfer'
        ? {
            ...common,
            taskId: order.orderId,
            resultHash: null,
            proof: null,
            transfer: { to: parseAddress(order.to), amountUnits: parseUnits(order.amountUnits) },
          }
        : { ...common, taskId: order.taskId, resultHash: order.resultHash, proof: '', transfer: null },
    );
    if (sent.state === 'rejected' && sent.reason !== null) throw fromErrorReport(sent.reason);
    return { txHash: sent.txHash ?? '', arrived: sent.state !== 'sent' };
  }

  /** What the account has once all that is under way has gone through, units. */
  async #freeUnits(from: Address): Promise<bigint> {
    const { journal, session } = this.#parts;
    const { chapter } = this.#bound();
    const { units } = await session().client.balance(from);
    const underWay = unitsUnderWay(journal.live(chapter.id), from);
    return units > underWay ? units - underWay : 0n;
  }

  #requireNew(taskId: string): void {
    const known = this.#parts.journal.byTaskId(taskId, this.#bound().chapter.id);
    if (known === null) return;
    throw new AppError(
      'task_known',
      `The journal has the task ${taskId} already, in state ${known.state}: a second result for it would only cost a second fee.`,
      { remedy: 'none' },
    );
  }

  #bound(): Binding & { readonly tip: NonNullable<NodeSession['head']['tip']> } {
    const { binding, tip, error } = this.#parts.session().head;
    if (error !== null) throw fromErrorReport(error);
    if (binding === null || tip === null)
      throw new AppError('not_ready', 'The node has not shown its chain yet. Try again in a moment.', {
        remedy: 'retry',
      });
    return { ...binding, tip };
  }
}

function typeOf({ kind }: { readonly kind: Order['kind'] }): 'TRANSFER' | 'SUBMIT_RESULT' {
  return kind === 'transfer' ? 'TRANSFER' : 'SUBMIT_RESULT';
}

function transferBody({ to, amount, from }: Extract<OrderRequest, { kind: 'transfer' }>) {
  const recipient = parseAddress(plainText(to).replace(/\s/g, ''));
  if (recipient === from)
    throw new AppError(
      'invalid_address',
      'This is the address it would come from: sending to oneself costs a fee and changes nothing.',
      { remedy: 'fix_input', params: { fault: 'own' } },
    );
  const amountUnits = amount === null ? null : parseCpc(amount);
  if (amountUnits === 0n)
    throw new AppError('invalid_amount', 'Nothing would be sent: the amount is zero.', {
      remedy: 'fix_input',
      params: { fault: 'zero' },
    });
  return { kind: 'transfer', to: recipient, amountUnits } as const;
}

function resultBody({ taskId, resultHash }: Extract<OrderRequest, { kind: 'result' }>) {
  const id = plainHex(taskId).replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(id))
    throw new AppError('invalid_task_id', 'A task id is a UUID: 32 hex characters in five groups.', {
      remedy: 'fix_input',
    });
  const hash = plainHex(resultHash);
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new AppError('invalid_hash', 'A result hash has 64 hex characters.', { remedy: 'fix_input' });
  return {
    kind: 'result',
    taskId: uuidText(id),
    resultHash: hash,
  } as const;
}

function requireCovered(free: bigint, needed: bigint): void {
  if (free < needed) throw uncovered(free, needed);
}

function uncovered(free: bigint, needed: bigint): AppError {
  return new AppError(
    'order_not_covered',
    'The balance, less what is under way, does not cover the amount and the fee.',
    { remedy: 'fix_input', params: { balance: free.toString(), needed: needed.toString() } },
  );
}

function outdated(): AppError {
  return new AppError(
    'order_outdated',
    'The network or its fee is another one than when this was shown. Look at it once more.',
    { remedy: 'fix_input' },
  );
}
