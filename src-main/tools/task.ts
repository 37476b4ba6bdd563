import { runTask } from './task-command';

/** `task create|show|list`: prints JSON; exit 1 where the task failed or the market can't be used, 2 on bad arguments. */
async function main(): Promise<void> {
  const { exitCode, output, message } = await runTask(process.argv.slice(2));
  if (output !== null) console.log(JSON.stringify(output, null, 2));
  if (message !== null) console.error(message);
  process.exitCode = exitCode;
}

void main();
