// Before `npm pack` and `npm publish`: the built command line and the notices of what is bundled into it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { thirdPartyNotices } from './lib/package-notices.mjs';
import { root } from './lib/places.mjs';
import { ensureBuilt, ensureInstalled } from './lib/ready.mjs';

await ensureInstalled();
await ensureBuilt();
writeFileSync(path.join(root, 'dist/ThirdPartyNotices.txt'), thirdPartyNotices());
