import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type BrowserContext } from '@playwright/test';
import type { App } from '@/e2e/setup/app';
import { ask } from './raw-request';
import { anyAddress, listPages } from './routes';

/** Encodings in which a secret could leak. */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replaceAll('=', ''),
  encodeURIComponent(secret),
];

/** Records all responses to a browser: pages, router requests, actions, scripts. */
export function recordAnswers(context: BrowserContext) {
  const bodies: Promise<{ url: string; text: string }>[] = [];
  context.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    // A stream has no end; a redirect has no body.
    if (type.startsWith('text/event-stream') || response.status() >= 300) return;
    const read = response.text().catch(() => ''); // aborted by the browser
    bodies.push(read.then((text) => ({ url: response.url(), text })));
  });
  return {
    async expectNone(secrets: string[]) {
      const answers = await Promise.all(bodies);
      expect(answers.length).toBeGreaterThan(0);
      for (const { url, text } of answers)
        for (const form of secrets.flatMap(formsOf))
          expect(text.includes(form), `a secret in ${url}`).toBe(false);
    },
  };
}

/** Requests every page, and its router payload, for things that exist and that do not. */
export async function expectOnNoPage(app: App, cookie: string, secrets: string[], more: string[] = []) {
  for (const address of [...listPages().map(anyAddress), ...more]) {
    for (const headers of [{}, { rsc: '1' }]) {
      let answer = await ask(app, address, { headers: { cookie, ...headers } });
      const { location } = answer.headers;
      if (location?.includes('_rsc')) answer = await ask(app, location, { headers: { cookie, ...headers } });
      for (const form of secrets.flatMap(formsOf))
        expect(answer.text.includes(form), `a secret in ${address}`).toBe(false);
    }
  }
}

/**
 * Checks that neither the stored data nor the output contains the secret: not the database, its log, nor the output.
 */
export function expectNotStored(app: App, secrets: string[]) {
  const files = readdirSync(app.dataDirectory, { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
  expect(names.some((name) => name.endsWith('.db'))).toBe(true);
  for (const form of secrets.flatMap(formsOf)) {
    for (const name of names) expect(readFileSync(name).includes(form), `a secret in ${name}`).toBe(false);
    expect(app.output().includes(form), 'a secret in the output').toBe(false);
  }
}
