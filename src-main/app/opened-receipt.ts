import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toErrorReport } from '../../src-shared/errors';
import { LONGEST_RECEIPT, parseReceipt, RECEIPT_EXTENSION } from '../../src-shared/receipt/receipt';
import { RECEIPT_TEXTS, type ReceiptTexts } from '../../src-shared/receipt/receipt-texts';
import { type ReceiptVerdict, verifyReceipt } from '../../src-shared/receipt/verify-receipt';

type Message = { readonly type: 'info' | 'error'; readonly message: string; readonly detail: string };

/**
 * The first receipt among arguments, as a file manager opens one; null for none.
 * @param folder what relative paths start from
 */
export function openedReceipt(args: readonly string[], folder: string): string | null {
  const file = args.find(
    (argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith(`.${RECEIPT_EXTENSION}`),
  );
  if (file === undefined) return null;
  return file.startsWith('file://') ? fromUrl(file) : resolve(folder, file);
}

/** What a receipt shows, checked anew from its bytes, in words. Nothing throws for what the file is. */
export async function receiptMessage(path: string, locale: 'en' | 'ru'): Promise<Message> {
  const texts = RECEIPT_TEXTS[locale];
  try {
    const verdict = verifyReceipt(parseReceipt(await receiptIn(path)));
    const message = verdict.ok ? texts.holds : texts.fails;
    return {
      type: verdict.ok ? 'info' : 'error',
      message,
      detail: [path, ...told(verdict, texts)].join('\n'),
    };
  } catch (error) {
    return { type: 'error', message: texts.noReceipt, detail: `${path}\n\n${toErrorReport(error).message}` };
  }
}

function told({ height, chainId, blockHash, txHash, checks }: ReceiptVerdict, texts: ReceiptTexts): string[] {
  const marks = checks.map(({ name, ok }) =>
    ok === 'not_checked'
      ? `– ${texts.checks[name]} (${texts.notChecked})`
      : `${ok ? '✓' : '✗'} ${texts.checks[name]}`,
  );
  return [
    '',
    `${texts.block(height, chainId)}: ${blockHash}`,
    ...(txHash === null ? [] : [`${texts.transaction}: ${txHash}`]),
    '',
    ...marks,
    '',
    texts.limits,
  ];
}

/** What is longer, or no file at all, is no receipt, and is not read for it. */
async function receiptIn(path: string): Promise<string> {
  const info = await stat(path);
  return info.isFile() && info.size <= LONGEST_RECEIPT ? readFile(path, 'utf8') : '';
}

function fromUrl(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
