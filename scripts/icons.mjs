// `npm run icons`: makes the app's icon in every size that a system asks for, from `resources/icon.svg`.
import { join } from 'node:path';
import { ROOT } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';
import { fail, say } from './lib/say.mjs';
import { ensureTools } from './lib/system-packages.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const RESOURCES = join(ROOT, 'resources');

ensureTools({ 'rsvg-convert': 'librsvg2-bin' });
for (const size of SIZES) draw(size, join(RESOURCES, 'icons', `${size}x${size}.png`));
draw(512, join(RESOURCES, 'icon.png'));
say(`Made ${SIZES.length} icons in resources/icons.`);

function draw(size, file) {
  const args = ['--width', String(size), '--height', String(size), '--output', file];
  const { ok, output } = capture('rsvg-convert', [...args, join(RESOURCES, 'icon.svg')]);
  if (!ok) fail(`rsvg-convert: ${output}`);
}
