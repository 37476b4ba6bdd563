import { runSignRelease } from './sign-release';

/** `release:sign …`: signs what a folder of packages holds, so that the app takes it for an update of itself. */
async function main(): Promise<void> {
  const { exitCode, lines } = await runSignRelease(process.argv.slice(2));
  const say = exitCode === 0 ? console.log : console.error;
  for (const line of lines) say(line);
  process.exitCode = exitCode;
}

void main();
