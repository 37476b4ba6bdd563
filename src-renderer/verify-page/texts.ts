import type { ReceiptCheckName } from '../../src-shared/receipt/verify-receipt';

type Texts = {
  readonly title: string;
  readonly intro: string;
  readonly choose: string;
  /** What a receipt alone can't show. */
  readonly limits: string;
  readonly holds: string;
  readonly fails: string;
  readonly noReceipt: string;
  readonly notChecked: string;
  /** Headings of the two hashes. */
  readonly block: (height: number, chainId: string) => string;
  readonly transaction: string;
  /** Of the drawn way from the result's leaf, numbered from 0, to compute_root; its steps are numbered from 1. */
  readonly path: string;
  readonly leaf: (index: number) => string;
  readonly step: (step: number) => string;
  readonly sibling: Readonly<Record<'left' | 'right', string>>;
  readonly onlyLeaf: string;
  readonly checks: Readonly<Record<ReceiptCheckName, string>>;
};

const EN: Texts = {
  title: 'Check a receipt of a ComputeChain result',
  intro:
    'Everything is computed anew in this page, from the bytes of the file alone. Nothing is sent anywhere: the page works without a network.',
  choose: 'Drop a receipt here, or choose its file',
  limits:
    'A receipt shows that the proposer signed a block with this result in it. Whether that block is in the chain today, only a node can tell: receipt:verify --node asks one.',
  holds: 'The receipt holds',
  fails: 'The receipt does not hold',
  noReceipt: 'This file is no receipt',
  notChecked: 'not checked',
  block: (height, chainId) => `Block ${height} of ${chainId}`,
  transaction: 'Transaction',
  path: 'The way to compute_root',
  leaf: (index) => `Leaf ${index}: this result`,
  step: (step) => `Step ${step}`,
  sibling: { left: 'neighbour on the left', right: 'neighbour on the right' },
  onlyLeaf: 'The only result of its block: the leaf is the root.',
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
};

const RU: Texts = {
  title: 'Проверка квитанции о результате ComputeChain',
  intro:
    'Всё вычисляется заново на этой странице, только из содержимого файла. Ничего никуда не отправляется: странице не нужна сеть.',
  choose: 'Перетащите сюда квитанцию или выберите файл',
  limits:
    'Квитанция доказывает, что автор блока подписал блок с этим результатом. Есть ли этот блок в сети сейчас, скажет только узел: его спрашивает receipt:verify --node.',
  holds: 'Квитанция верна',
  fails: 'Квитанция неверна',
  noReceipt: 'Это не квитанция',
  notChecked: 'не проверялось',
  block: (height, chainId) => `Блок ${height} сети ${chainId}`,
  transaction: 'Транзакция',
  path: 'Путь к compute_root',
  leaf: (index) => `Лист ${index}: этот результат`,
  step: (step) => `Шаг ${step}`,
  sibling: { left: 'сосед слева', right: 'сосед справа' },
  onlyLeaf: 'Единственный результат блока: лист и есть корень.',
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
};

/** In the browser's language. */
export function textsFor(language: string): Texts {
  return language.toLowerCase().startsWith('ru') ? RU : EN;
}
