import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { addUser, signedIn } from './setup/pages/accounts';
import { asBrowser, ask, askAsRouter } from './setup/pages/raw-request';
import { anyAddress, listApi, listOpenPages, listPages } from './setup/pages/routes';
import {
  call,
  findServerAction,
  listServerActions,
  postAction,
  resultOf,
} from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';
import { makeProject, startBuild } from './setup/steps-projects';

const openRoutes = new Set(['GET /api/health']);
/** Forms of asking for a page that have led around checks in other programs, or have in this framework's past. */
const disguises: Record<string, string>[] = [
  {},
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-layerwright-path': '/login' },
  { cookie: `lw_session=${'b'.repeat(43)}` },
];

test('without signing in every page sends one to sign in, however it is asked for', async ({
  app,
  signedInCookies,
  adminCookie,
}) => {
  expect(signedInCookies).toHaveLength(1);
  const canary = 'canary-of-pages.example:5000';
  await call(app, adminCookie, 'addRegistry', { host: canary });
  const named = await makeProject(app, adminCookie, 'Canary of titles', { Dockerfile: 'FROM busybox\n' });
  const build = await startBuild(app, adminCookie, named.id);
  const real = ['', '/files', '/options', '/secrets', '/builds', '/build'].map(
    (tab) => `/projects/${named.id}${tab}`,
  );
  expect((await ask(app, '/registries', { headers: { cookie: adminCookie } })).text).toContain(canary);
  const pages = listPages();
  expect(pages).toContain('/images/[imageId]');
  for (const address of [...pages.map((page) => anyAddress(page)), ...real, `/builds/${build}`]) {
    for (const headers of disguises) {
      const what = `${address} ${JSON.stringify(headers)}`;
      const answer = await askAsRouter(app, address, { headers });
      expect(answer.text, what).not.toMatch(/canary/i);
      expect([200, 307], what).toContain(answer.status);
      const sent = answer.headers.location ?? /NEXT_REDIRECT;\w+;([^;"]+)/.exec(answer.text)?.[1];
      if (sent !== undefined) expect(sent, what).toMatch(/^\/login(\?|$)/);
      // A prefetch of the routes alone gives the names of folders, and nothing that was rendered.
      else expect(answer.text, what).not.toMatch(/\["\$"|<html/);
    }
  }
  expect(listOpenPages()).toEqual(['/login', '/setup']);
});

/** Other ways to write the address of a page. */
const spellings = (page: string): string[] => {
  const [first = '', ...rest] = page.slice(1);
  const coded = `/%${first.charCodeAt(0).toString(16)}${rest.join('')}`;
  return [
    ...[
      '.rsc',
      '.json',
      '.segments/_tree.segment.rsc',
      '.txt',
      '/',
      '/.',
      '//',
      '.',
      '%2f',
      '%00',
      ';x',
      '\\',
    ].map((end) => page + end),
    ...[
      '/_next/data/x',
      '/_next/image?url=',
      '/en',
      '/.',
      '/',
      '/login/..',
      '/login/%2e%2e',
      '/api/..',
      '/%5c',
    ].map((before) => before + page),
    `/_next/data/x${page}.json`,
    `/_next/image?url=${encodeURIComponent(page)}&w=640&q=75`,
    coded,
    page.toUpperCase(),
    ...[
      'nxtPimageId=x',
      '__nextLocale=en',
      '_rsc=1',
      'x-middleware-subrequest=proxy',
      '__next_route__=/login',
    ].map((query) => `${page}?${query}`),
  ];
};

test('without signing in a page is not had by another spelling of its address either', async ({
  app,
  adminCookie,
}) => {
  const canary = 'canary-of-spellings.example:5000';
  const { id } = await call<{ id: string }>(app, adminCookie, 'addRegistry', { host: canary });
  for (const page of ['/registries', `/registries/${id}`])
    for (const path of spellings(page))
      for (const headers of disguises) {
        const answer = await askAsRouter(app, path, { headers });
        const what = `${path} ${JSON.stringify(headers)}: ${answer.status}`;
        expect(answer.text, what).not.toContain('canary-of-spellings');
        expect(answer.status, what).toBeLessThan(500);
      }
  await call(app, adminCookie, 'removeRegistry', { id });
});

test('a login session is taken from its cookie only, never from an address or another header', async ({
  app,
  adminCookie,
}) => {
  const token = adminCookie.split('=')[1] ?? '';
  const path = '/api/find?q=a';
  expect((await ask(app, path, { headers: { cookie: adminCookie } })).status).toBe(200);
  for (const name of ['token', 'access_token', 'lw_session', '__Host-lw_session', 'session'])
    expect((await ask(app, `${path}&${name}=${token}`)).status, name).toBe(401);
  const cookies = ['LW_SESSION', '__Host-lw_session', 'session', 'lw_session[]', '"lw_session"'];
  for (const cookie of cookies)
    expect((await ask(app, path, { headers: { cookie: `${cookie}=${token}` } })).status, cookie).toBe(401);
  for (const [name, value] of Object.entries({
    authorization: `Bearer ${token}`,
    'x-session': token,
    'x-auth-token': token,
    'set-cookie': adminCookie,
    cookie2: adminCookie,
  }))
    expect((await ask(app, path, { headers: { [name]: value } })).status, name).toBe(401);
  // The first one with the name counts, so that a cookie of another path or site cannot be put behind it.
  for (const cookie of [`lw_session=${'b'.repeat(43)}; ${adminCookie}`, `lw_session=; ${adminCookie}`])
    expect((await ask(app, path, { headers: { cookie } })).status, cookie).toBe(401);
});

test('no request becomes another connection, and none is passed on to where it says', async ({
  app,
  adminCookie,
}) => {
  let reached = 0;
  const canary = createServer((socket) => {
    reached++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(canary, 'listening');
  const elsewhere = `127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const { hostname, port, host } = new URL(app.url);
  const targets = [
    '/',
    '/api/stream',
    '/api/nothing',
    '/_next/webpack-hmr',
    '/_next/hmr',
    `http://${elsewhere}/`,
    '*',
  ];
  try {
    for (const target of targets)
      for (const [upgrade, method] of [
        ['websocket', 'GET'],
        ['h2c', 'GET'],
        ['websocket', 'POST'],
      ])
        for (const origin of [app.url, 'http://evil.example']) {
          const socket = connect(Number(port), hostname);
          const lines = [
            `${method} ${target} HTTP/1.1`,
            `Host: ${target.startsWith('http') ? elsewhere : host}`,
            `Connection: Upgrade, HTTP2-Settings`,
            `Upgrade: ${upgrade}`,
            'Sec-WebSocket-Version: 13',
            'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
            `Origin: ${origin}`,
            `Cookie: ${adminCookie}`,
          ];
          socket.write(`${lines.join('\r\n')}\r\n\r\n`);
          let text = '';
          socket.setTimeout(3000, () => socket.destroy()).on('data', (part) => (text += String(part)));
          socket.on('error', () => {}); // Closed by the server.
          await once(socket, 'close');
          expect(text, lines[0]).not.toMatch(/^HTTP\/1\.1 101/);
        }
    for (const method of ['CONNECT', 'PROPFIND', 'PUT'])
      expect((await ask(app, '/', { method }).catch(() => ({ status: 400 }))).status, method).toBeLessThan(
        500,
      );
    expect(reached).toBe(0);
    expect((await ask(app, '/api/health')).status).toBe(200);
  } finally {
    canary.close();
  }
});

test('without signing in every address of the API answers 401', async ({ app, signedInCookies }) => {
  expect(signedInCookies).toHaveLength(1);
  const entries = listApi();
  expect(entries.length).toBeGreaterThan(8);
  for (const { route, method } of entries) {
    const name = `${method} ${route}`;
    const expected = openRoutes.has(name) ? 200 : route.includes('[...path]') ? 404 : 401;
    for (const disguise of disguises) {
      const headers = { ...asBrowser(app), ...disguise };
      expect((await askAsRouter(app, anyAddress(route), { method, headers })).status, name).toBe(expected);
    }
  }
});

const publicActions = ['setUp', 'signIn', 'signOut'];
/** What a viewer may do; everything else is for those who build or administrate. */
const viewerActions = [
  'changePassword',
  'confirmPassword',
  'describeDeletion',
  'endOneLoginSession',
  'endOtherLoginSessions',
  'readChanges',
  'readCommand',
  'readCommands',
  'readContextLevel',
  'readDirectory',
  'readFetchResult',
  'readUnpackResult',
];

test('every server action turns away who is not signed in, and a viewer whom it is not for', async ({
  app,
  adminCookie,
  newPerson,
}) => {
  const account = await addUser(app, adminCookie, 'vincent', 'viewer');
  const { cookie } = await signedIn(await newPerson(), app, account);
  const actions = listServerActions().filter(({ name }) => !publicActions.includes(name));
  expect(actions.length).toBeGreaterThan(25);
  const codes = async (who: string | undefined) => {
    const entries: [string, string | undefined][] = [];
    for (const action of actions) {
      if (who && action.name === 'endOtherLoginSessions') continue; // has no input that could be wrong
      const result = resultOf(await postAction(app, action, undefined, { cookie: who }));
      entries.push([action.name, result?.code]);
    }
    return Object.fromEntries(entries);
  };
  expect(Object.entries(await codes(undefined)).filter(([, code]) => code !== 'unauthenticated')).toEqual([]);
  const let_in = Object.entries(await codes(cookie)).filter(([, code]) => code !== 'forbidden');
  expect(let_in.map(([name]) => name)).toEqual(
    viewerActions.filter((name) => name !== 'endOtherLoginSessions'),
  );
});

/** Host headers that mean another site, or try to look like this one. */
function foreignHosts(port: string): (string | string[])[] {
  return [
    'evil.example',
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1.nip.io:${port}`,
    `localhost.:${port}`,
    `0.0.0.0:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    '',
    [`127.0.0.1:${port}`, 'evil.example'],
  ];
}

test('a name that is not the server’s own is answered with 421, on pages, the API and files alike', async ({
  app,
  signedInPage,
  adminCookie,
}) => {
  const { port } = new URL(app.url);
  const script = await signedInPage.locator('script[src^="/_next/static/"]').first().getAttribute('src');
  const paths = [
    '/',
    '/login',
    '/images',
    '/api/health',
    '/api/stream',
    '/icon.svg',
    script ?? '',
    '/nothing-there',
  ];
  for (const path of paths) {
    for (const hosts of foreignHosts(port)) {
      const lines = [hosts].flat().flatMap((host) => ['host', host]);
      const answer = await ask(app, path, { headers: [...lines, 'cookie', adminCookie] });
      // Node itself refuses a request without a name.
      expect([421, 400], `${path} for ${JSON.stringify(hosts)}`).toContain(answer.status);
      expect(answer.text).not.toContain('administrator');
    }
    // The same path by a name of ours, however written. Without the cookie: the stream would not end.
    const { status } = await ask(app, path, { headers: { host: `LOCALHOST:${port}` } });
    expect(status, path).not.toBe(421);
  }
  // As a client asks a proxy. Next sends it to where it wanted to go; of ours it gets nothing.
  const absolute = await ask(app, 'http://evil.example/images', { headers: { cookie: adminCookie } });
  expect([308, 421]).toContain(absolute.status);
  expect(absolute.text).not.toContain('<html');
});

/** What a page of somebody else's makes the browser send; `null` leaves the Origin out. */
function foreignOrigins(url: string): (string | null)[] {
  const { port } = new URL(url);
  return [
    'http://evil.example',
    'null',
    `http://127.0.0.1:${Number(port) + 1}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}.evil.example`,
    null,
  ];
}

test('a page of another site changes nothing, although the browser sends the cookie along', async ({
  app,
  adminCookie,
}) => {
  const host = 'registry-of-another-site.example:5000';
  const add = findServerAction('addRegistry');
  for (const origin of foreignOrigins(app.url)) {
    const headers = { cookie: adminCookie, ...(origin !== null && { origin }) };
    const answer = await postAction(app, add, { host }, { headers });
    expect(answer.status, `${add.name} from ${origin}`).toBe(403);
    expect(answer.text).toContain('did not come from this site');
    for (const { route, method } of listApi()) {
      if (method === 'GET' || method === 'HEAD') continue;
      // The forms that a page of another site can send without asking first.
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const sent = { ...headers, 'content-type': type, 'tus-resumable': '1.0.0', 'upload-length': '5' };
        const refused = await ask(app, anyAddress(route), { method, headers: sent, body: 'a=b' });
        expect(refused.status, `${method} ${route} from ${origin}`).toBe(403);
      }
    }
  }
  const crossSite = { ...asBrowser(app, adminCookie), 'sec-fetch-site': 'cross-site' };
  expect((await postAction(app, add, { host }, { headers: crossSite })).status).toBe(403);
  expect((await ask(app, '/registries', { headers: { cookie: adminCookie } })).text).not.toContain(host);
  // The same request from the page itself is taken: it was the origin that was refused.
  await call(app, adminCookie, 'addRegistry', { host });
  expect((await ask(app, '/registries', { headers: { cookie: adminCookie } })).text).toContain(host);
});

const sourcesOf = (policy: string, directive: string) =>
  policy
    .split(';')
    .map((part) => part.trim().split(' '))
    .find(([name]) => name === directive)
    ?.slice(1) ?? [];

test('pages run only scripts that carry the number of their own answer', async ({
  app,
  signedInPage: page,
  quietPages,
}) => {
  const policyOf = async (headers: Record<string, string>) => {
    const answer = await ask(app, '/login', { headers });
    return { policy: String(answer.headers['content-security-policy']), text: answer.text };
  };
  const first = await policyOf({});
  const second = await policyOf({ 'content-security-policy': "script-src 'nonce-mine'", 'x-nonce': 'mine' });
  const nonces = [first, second].map(({ policy }) => /'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(nonces[0]?.length).toBeGreaterThanOrEqual(22);
  expect(nonces[1]).not.toBe(nonces[0]);
  expect(second.policy + second.text).not.toContain('mine');
  for (const { policy, text } of [first, second]) {
    expect(sourcesOf(policy, 'script-src').join(' ')).not.toMatch(/unsafe-inline|unsafe-eval|\*|data:|http/);
    expect(sourcesOf(policy, 'frame-ancestors')).toEqual(["'none'"]);
    expect(sourcesOf(policy, 'base-uri')).toEqual(["'none'"]);
    const scripts = text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) expect(script).toMatch(/ nonce="[^"]{20,}"/);
  }

  // Pages themselves make no violation: it would be a console error, and that fails any test. What slips in does.
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  quietPages.expectErrors(/violates the following Content Security Policy directive 'script-src/);
  const slipIn = (html: string) =>
    page.evaluate((text) => {
      const blocked = new Promise<string>((resolve) => {
        const listen = ({ effectiveDirective }: SecurityPolicyViolationEvent) => resolve(effectiveDirective);
        document.addEventListener('securitypolicyviolation', listen, { once: true });
      });
      const place = document.createElement('div');
      place.innerHTML = text;
      document.body.append(place);
      place.querySelector('a')?.click();
      return blocked;
    }, html);
  expect(await slipIn('<img src="data:," onerror="window.slippedIn = true">')).toBe('script-src-attr');
  expect(await slipIn('<a href="javascript:window.slippedIn = true">here</a>')).toBe('script-src-elem');
  expect(await page.evaluate(() => 'slippedIn' in window)).toBe(false);
});

test('answers tell the browser to keep nothing, to guess no types and to show them in no frame', async ({
  app,
  adminCookie,
}) => {
  for (const path of ['/', '/login', '/api/health', '/api/stream-of-nothing']) {
    const { headers } = await ask(app, path, { headers: { cookie: adminCookie } });
    expect(headers['cache-control'], path).toContain('no-store');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(headers['cross-origin-resource-policy'], path).toBe('same-origin');
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});

test('a large body is not read before signing in, and odd requests are no errors of the server', async ({
  app,
  adminCookie,
}) => {
  const add = findServerAction('addRegistry');
  const large = { host: 'x'.repeat(200_000) };
  expect((await postAction(app, add, large, {})).status).toBe(401);
  expect((await postAction(app, add, large, { cookie: `lw_session=${'b'.repeat(43)}` })).status).toBe(401);
  expect(resultOf(await postAction(app, add, large, { cookie: adminCookie }))).toMatchObject({
    ok: false,
    code: 'invalid_input',
  });
  const headers = { cookie: adminCookie };
  expect((await ask(app, '/api/%ff', { headers })).status).toBe(404);
  expect((await ask(app, '/%ff', { headers })).status).toBe(404);
  for (const path of ['/', '/api/health'])
    expect((await ask(app, path, { method: 'TRACE', headers })).status, path).toBeLessThan(500);
  const script = /"(\/_next\/static\/[^"]+\.js)"/.exec((await ask(app, '/login')).text)?.[1] ?? '';
  const answer = await ask(app, script);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
});
