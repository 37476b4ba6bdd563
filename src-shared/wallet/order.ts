import { z } from 'zod';
import { LONGEST_PASTE } from '../pasted-text';

const typed = z.string().max(LONGEST_PASTE);
const units = z.string().regex(/^\d{1,40}$/);
const address = z.string().max(128);

/** What a person wants sent, as they typed it. `from` is one of their own addresses, `amount` CPC. */
export const orderRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('transfer'),
    from: address,
    to: typed,
    /** Null for all there is. */
    amount: typed.nullable(),
  }),
  z.object({ kind: z.literal('result'), from: address, taskId: typed, resultHash: typed }),
]);
export type OrderRequest = z.infer<typeof orderRequestSchema>;

const terms = {
  /** Made up for this order: it is carried out once. */
  orderId: z.string().max(64),
  from: address,
  chainId: z.string().max(64),
  feeUnits: units,
};

/** What is signed if the person agrees, to the digit; amounts are decimal strings of units. */
export const orderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transfer'), ...terms, to: address, amountUnits: units }),
  z.object({
    kind: z.literal('result'),
    ...terms,
    taskId: z.string().max(64),
    resultHash: z.string().max(64),
  }),
]);
export type Order = z.infer<typeof orderSchema>;

/** An order to be agreed to, and what it means. */
export const reviewedOrderSchema = z.object({
  order: orderSchema,
  /** What is left afterwards, once all that is under way has gone through. */
  leftUnits: units,
  /** What the recipient is to this app: the name of a key of this profile, or nobody known. */
  recipientName: z.string().nullable(),
});
export type ReviewedOrder = z.infer<typeof reviewedOrderSchema>;

/** What became of an order: its transaction is known to the node, or nobody knows yet whether it arrived. */
export const sentOrderSchema = z.object({ txHash: z.string(), arrived: z.boolean() });
export type SentOrder = z.infer<typeof sentOrderSchema>;
