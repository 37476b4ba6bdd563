import type { ReceiptCheckName } from './verify-receipt';

/** What is said of a receipt, wherever it is checked. */
export type ReceiptTexts = {
  readonly holds: string;
  readonly fails: string;
  readonly noReceipt: string;
  readonly notChecked: string;
  /** What a receipt alone can't show. */
  readonly limits: string;
  /** Headings of the two hashes. */
  readonly block: (height: number, chainId: string) => string;
  readonly transaction: string;
  readonly checks: Readonly<Record<ReceiptCheckName, string>>;
};

export const RECEIPT_TEXTS: Readonly<Record<'en' | 'ru', ReceiptTexts>> = {
  en: {
    holds: 'The receipt holds',
    fails: 'The receipt does not hold',
    noReceipt: 'This file is no receipt',
    notChecked: 'not checked',
    limits:
      'A receipt shows that the proposer signed a block with this result in it. Whether that block is in the chain today, only a node can tell: receipt:verify --node asks one.',
    block: (height, chainId) => `Block ${height} of ${chainId}`,
    transaction: 'Transaction',
    checks: {
      transaction: 'The transaction carries a result of its own sender',
      transaction_signature: 'The sender signed the transaction',
      result_signature: 'The worker signed the result',
      tx_in_block: 'The transaction is under tx_root',
      result_in_compute_root: 'The result is under compute_root',
      proposer: 'The proposer of the block is the one whose key is here',
      block_signature: 'The proposer signed the block',
      task: 'The task follows from its block and its worker',
      rows: 'The rows that the proof opens are right',
    },
  },
  ru: {
    holds: 'Квитанция верна',
    fails: 'Квитанция неверна',
    noReceipt: 'Это не квитанция',
    notChecked: 'не проверялось',
    limits:
      'Квитанция доказывает, что автор блока подписал блок с этим результатом. Есть ли этот блок в сети сейчас, скажет только узел: его спрашивает receipt:verify --node.',
    block: (height, chainId) => `Блок ${height} сети ${chainId}`,
    transaction: 'Транзакция',
    checks: {
      transaction: 'В транзакции результат её же отправителя',
      transaction_signature: 'Транзакция подписана отправителем',
      result_signature: 'Результат подписан исполнителем',
      tx_in_block: 'Транзакция входит в tx_root',
      result_in_compute_root: 'Результат входит в compute_root',
      proposer: 'Автор блока — тот, чей ключ приложен',
      block_signature: 'Блок подписан его автором',
      task: 'Задача следует из своего блока и исполнителя',
      rows: 'Строки, которые открывает доказательство, верны',
    },
  },
};
