import { expect, it } from 'vitest';
import { page } from './page.ts';

const parts = { script: 'x:/main.js', style: 'x:/main.css', cspSource: 'x:', nonce: 'bm9uY2U=' };

it('allows scripts by nonce and source, styles and fonts by source, and nothing else', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page(parts))?.[1];
  expect(policy?.split('; ')).toEqual([
    `default-src 'none'`,
    `script-src 'nonce-bm9uY2U=' x:`,
    `style-src x:`,
    `font-src x:`,
  ]);
});

it('gives the nonce to the one script', () => {
  expect(page(parts).match(/<script[^>]*>/g)).toEqual([
    '<script type="module" nonce="bm9uY2U=" src="x:/main.js">',
  ]);
});
