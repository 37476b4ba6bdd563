import { runReceiptVerify } from './receipt-command';

/** `receipt-verify FILE… [--node URL]`: a line a check; exit 1 where a receipt does not hold, 2 on bad arguments. */
async function main(): Promise<void> {
  const { exitCode, lines, message } = await runReceiptVerify(process.argv.slice(2));
  for (const line of lines) console.log(line);
  if (message !== null) console.error(message);
  process.exitCode = exitCode;
}

void main();
