// `npm run verify-page`: makes docs/verify.html anew from its sources.
import { writeFileSync } from 'node:fs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { say } from './lib/say.mjs';
import { makeVerifyPage, VERIFY_PAGE } from './lib/verify-page.mjs';

ensureDependencies();
const page = await makeVerifyPage();
writeFileSync(VERIFY_PAGE, page);
say(`${VERIFY_PAGE}: ${Math.round(page.length / 1024)} KiB`);
