import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FromView, ToView } from '../../server/protocol/view.ts';
import { servePage } from './page.ts';
import type { ThemeKind } from './themes.ts';

/** Where a browser is looked for: WEFT_CHROMIUM, then the places Linux distributions put it. */
const BROWSERS = [
  process.env['WEFT_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function browserPath(): string | undefined {
  return BROWSERS.find((file) => file !== undefined && existsSync(file));
}

declare global {
  interface Window {
    /** What the app sent to the host, in order. */
    sent: FromView[];
    /** The state the app asked the host to keep. */
    kept: unknown;
    complaints: string[];
  }
}

export interface Harness {
  open(options: OpenOptions): Promise<AppPage>;
  close(): Promise<void>;
}
export interface OpenOptions {
  theme: ThemeKind;
  width: number;
  height?: number;
  kept?: unknown;
}
/** The app in a page, with its host played by a script. */
export interface AppPage {
  page: Page;
  say: (messages: readonly ToView[]) => Promise<void>;
  sent: () => Promise<FromView[]>;
  /** Errors of the console, of scripts and of the content security policy so far. */
  complaints: () => Promise<string[]>;
}

/** Width from which the app stands in an editor rather than in the side bar. */
const EDITOR_WIDTH = 600;

/** Renders the built app of `folder` in a real browser under the host's policy. */
export async function startHarness(folder: string, executablePath: string): Promise<Harness> {
  const served = await servePage(folder);
  const browser: Browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  return {
    async open({ theme, width, height = 880, kept }) {
      const page = await browser.newPage({ viewport: { width, height } });
      const logged: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') logged.push(message.text());
      });
      page.on('pageerror', (error) => logged.push(String(error)));
      await page.addInitScript((state) => {
        window.sent = [];
        window.kept = state;
        window.complaints = [];
        document.addEventListener('securitypolicyviolation', (event) =>
          window.complaints.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
        );
        Object.assign(window, {
          acquireVsCodeApi: () => ({
            postMessage: (message: FromView) => window.sent.push(message),
            getState: () => window.kept,
            setState: (next: unknown) => (window.kept = next),
          }),
        });
      }, kept);
      await page.goto(`${served.origin}/?${theme}&${width < EDITOR_WIDTH ? 'sideBar' : 'editor'}`);
      await page.waitForFunction(() => window.sent.some((message) => message.type === 'ready'));
      return {
        page,
        say: async (messages) => {
          await page.evaluate((all) => all.forEach((message) => window.postMessage(message, '*')), messages);
          await page.evaluate(
            () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
          );
        },
        sent: () => page.evaluate(() => window.sent),
        complaints: async () => [...logged, ...(await page.evaluate(() => window.complaints))],
      };
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
