// ThirdPartyNotices.txt: name, version and licence text of every package whose code or files are in dist/.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PARTS, recordedInputs } from './bundle-inputs.mjs';
import { root } from './places.mjs';

const LEGAL_FILE = /^(licen[cs]e|copying|notice|third-?party-?notices?)([.-].*)?$/i;
const RULE = '='.repeat(80);

/** The text for what is bundled, and for `more`: folders of packages that are shipped beside the bundle. */
export function thirdPartyNotices(more = []) {
  const assets = JSON.parse(readFileSync(path.join(root, 'server/settings/assets.json'), 'utf8'));
  const files = [...PARTS.flatMap(recordedInputs), ...Object.values(assets.files)];
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = [...[...folders].map((folder) => path.join(root, folder)), ...more].map(noticeOf);
  notices.sort((a, b) => (a.title < b.title ? -1 : 1));
  return [
    `Weft contains or ships the following ${notices.length} packages.`,
    ...notices.map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text}`),
  ].join('\n\n');
}

/** The folder, seen from the checkout, of the package that a bundled file belongs to. */
export function packageFolder(file) {
  const [, folder] = /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/@][^/]*)\//.exec(file) ?? [];
  return folder;
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const legal = readdirSync(folder).filter((file) => LEGAL_FILE.test(file));
  if (legal.length === 0)
    throw new Error(
      `${name} ${version} is bundled but brings no licence text; add the text or drop the package`,
    );
  const text = legal
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim().replaceAll('\r\n', '\n'));
  return { title: `${name} ${version} (${license ?? 'see below'})`, text: text.join('\n\n') };
}
