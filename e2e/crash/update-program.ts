import { writeSync } from 'node:fs';
import { replaceProgram } from '../../src-main/updates/replace-file';

/** `update-program TARGET FIRST SECOND`: puts one after the other in the target's place until it is killed. */
const [target = '', ...versions] = process.argv.slice(2);
for (let round = 0; ; round++) {
  replaceProgram(target, versions[round % versions.length] ?? '');
  if (round === 0) writeSync(1, 'begun\n');
}
