import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './paths.mjs';

const NAME = 'computechain-miner';
const SOURCES = join(ROOT, 'resources', 'linux');

/**
 * What deb and rpm put beside the app, for electron-builder to hand on.
 * @param {string} folder where what is made for it may lie until the packages are there
 * @param {number} epochSeconds when the package is said to be made
 * @returns {string[]} each as `from=to`
 */
export function linuxFiles(folder, epochSeconds) {
  const { version, author } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const link = join(folder, NAME);
  symlinkSync(`/opt/${NAME}/${NAME}`, link);
  const date = new Date(epochSeconds * 1000).toUTCString().replace('GMT', '+0000');
  const changelog = join(folder, 'changelog.gz');
  writeFileSync(
    changelog,
    gzipSync(
      `${NAME} (${version}) unstable; urgency=medium\n\n  * What is new stands in CHANGELOG.md of the sources.\n\n` +
        ` -- ${author.name} <${author.email}>  ${date}\n`,
      { level: 9 },
    ),
  );
  return [
    `${link}=/usr/bin/${NAME}`,
    `${changelog}=/usr/share/doc/${NAME}/changelog.gz`,
    `${join(SOURCES, 'copyright')}=/usr/share/doc/${NAME}/copyright`,
    `${join(SOURCES, 'lintian-overrides')}=/usr/share/lintian/overrides/${NAME}`,
    `${join(SOURCES, 'metainfo.xml')}=/usr/share/metainfo/io.github.computechain.miner.metainfo.xml`,
    `${join(ROOT, 'resources', 'icon.svg')}=/usr/share/icons/hicolor/scalable/apps/${NAME}.svg`,
  ];
}
