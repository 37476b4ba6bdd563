import { RECEIPT_TEXTS, type ReceiptTexts } from '../../src-shared/receipt/receipt-texts';

type Texts = ReceiptTexts & {
  readonly title: string;
  readonly intro: string;
  readonly choose: string;
  /** Of the drawn way from the result's leaf, numbered from 0, to compute_root; its steps are numbered from 1. */
  readonly path: string;
  readonly leaf: (index: number) => string;
  readonly step: (step: number) => string;
  readonly sibling: Readonly<Record<'left' | 'right', string>>;
  readonly onlyLeaf: string;
};

const EN: Texts = {
  ...RECEIPT_TEXTS.en,
  title: 'Check a receipt of a ComputeChain result',
  intro:
    'Everything is computed anew in this page, from the bytes of the file alone. Nothing is sent anywhere: the page works without a network.',
  choose: 'Drop a receipt here, or choose its file',
  path: 'The way to compute_root',
  leaf: (index) => `Leaf ${index}: this result`,
  step: (step) => `Step ${step}`,
  sibling: { left: 'neighbour on the left', right: 'neighbour on the right' },
  onlyLeaf: 'The only result of its block: the leaf is the root.',
};

const RU: Texts = {
  ...RECEIPT_TEXTS.ru,
  title: 'Проверка квитанции о результате ComputeChain',
  intro:
    'Всё вычисляется заново на этой странице, только из содержимого файла. Ничего никуда не отправляется: странице не нужна сеть.',
  choose: 'Перетащите сюда квитанцию или выберите файл',
  path: 'Путь к compute_root',
  leaf: (index) => `Лист ${index}: этот результат`,
  step: (step) => `Шаг ${step}`,
  sibling: { left: 'сосед слева', right: 'сосед справа' },
  onlyLeaf: 'Единственный результат блока: лист и есть корень.',
};

/** In the browser's language. */
export function textsFor(language: string): Texts {
  return language.toLowerCase().startsWith('ru') ? RU : EN;
}
