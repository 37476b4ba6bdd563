import { runVerifyVectors } from './vector-checks';

/** `verify-vectors PATH…`: a line per failed check, then `N passed, M failed`; exit 1 where any failed. */
async function main(): Promise<void> {
  const paths = process.argv.slice(2);
  if (paths.length === 0 || paths.some((path) => path.startsWith('-'))) {
    console.error('Usage: verify-vectors PATH…\nPATH is a vector file, a block, or a folder of them.');
    process.exitCode = paths.includes('--help') ? 0 : 1;
    return;
  }
  const { passed, failed, lines } = await runVerifyVectors(paths);
  for (const line of lines) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

void main();
