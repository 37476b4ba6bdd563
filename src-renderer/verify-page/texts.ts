import { RECEIPT_TEXTS, type ReceiptTexts } from '../../src-shared/receipt/receipt-texts';

type Texts = ReceiptTexts & {
  readonly title: string;
  readonly intro: string;
  readonly choose: string;
};

const EN: Texts = {
  ...RECEIPT_TEXTS.en,
  title: 'Check a receipt of a ComputeChain result',
  intro:
    'Everything is computed anew in this page, from the bytes of the file alone. Nothing is sent anywhere: the page works without a network.',
  choose: 'Drop a receipt here, or choose its file',
};

const RU: Texts = {
  ...RECEIPT_TEXTS.ru,
  title: 'Проверка квитанции о результате ComputeChain',
  intro:
    'Всё вычисляется заново на этой странице, только из содержимого файла. Ничего никуда не отправляется: странице не нужна сеть.',
  choose: 'Перетащите сюда квитанцию или выберите файл',
};

/** In the browser's language. */
export function textsFor(language: string): Texts {
  return language.toLowerCase().startsWith('ru') ? RU : EN;
}
