import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BODY_CLASS, themeCss, type ThemeKind } from './themes.ts';

const NONCE = 'dGhlIGhhcm5lc3M';
const POLICY = [
  "default-src 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "style-src 'self'",
  `script-src 'nonce-${NONCE}' 'self'`,
].join('; ');

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** The page as the host writes it, with the same policy, around the built app. */
function html(theme: ThemeKind, place: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="stylesheet" href="/theme.css?${theme}&${place}">
<link rel="stylesheet" href="/app/main.css"><link rel="icon" href="data:,"><title>Weft</title></head>
<body class="${BODY_CLASS[theme]}"><script type="module" nonce="${NONCE}" src="/app/main.js"></script></body></html>`;
}

/** Serves the built app of `folder` on a free port of this machine. */
export async function servePage(folder: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://page');
    const [theme, place] = search.slice(1).split('&') as [ThemeKind, 'sideBar' | 'editor'];
    if (pathname === '/') return void response.setHeader('content-type', 'text/html').end(html(theme, place));
    if (pathname === '/theme.css')
      return void response.setHeader('content-type', 'text/css').end(themeCss(theme, place));
    const file = path.join(folder, path.posix.normalize(pathname).replace(/^\/app\//, ''));
    readFile(file).then(
      (bytes) => response.setHeader('content-type', TYPES[path.extname(file)] ?? '').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}
