/** Requests as bytes: calls of Layerwright, and calls that it never makes, disturbed where two readers may differ. */

export interface Sent {
  /** Latin1, sent one after the other. */
  pieces: string[];
  /** Whether the client ends its half of the connection after the last piece. */
  halfClosed: boolean;
}

interface Parts {
  method: string;
  target: string;
  version: string;
  headers: string[];
  body: string;
  /** How the end of the body is told. */
  framing: 'length' | 'chunks';
  /** What follows on the same connection. */
  behind: string;
}

/** Names that the engine of the test knows (upstream.ts). */
const containers = ['plain', 'reaching'];
const networks = ['none', 'bridge', 'own', 'shared', 'host', 'HOST', 'container:plain'];
const sources = ['data', 'disk', '/', '/etc', '/srv/../etc', '../etc'];

const harmless = [
  '"Memory":67108864',
  '"PidsLimit":50',
  '"ReadonlyRootfs":true',
  '"CapDrop":["ALL"]',
  '"SecurityOpt":["no-new-privileges"]',
  '"Tmpfs":{"/tmp":""}',
  '"Binds":null',
];
const reaching = [
  '"Privileged":true',
  '"PidMode":"host"',
  '"IpcMode":"container:plain"',
  '"UTSMode":"host"',
  '"UsernsMode":"host"',
  '"CgroupnsMode":"host"',
  '"CgroupParent":"/x"',
  '"CapAdd":["SYS_ADMIN"]',
  '"SecurityOpt":["seccomp=unconfined"]',
  '"Devices":[{"PathOnHost":"/dev/sda"}]',
  '"DeviceCgroupRules":["b *:* rwm"]',
  '"DeviceRequests":[{"Count":-1}]',
  '"Mounts":[{"Type":"bind","Source":"/","Target":"/x"}]',
  '"VolumesFrom":["reaching"]',
  '"MaskedPaths":[]',
  '"ExtraHosts":["h:host-gateway"]',
];
const sessionMethods = ['/grpc.health.v1.Health/Check', '/moby.buildkit.v1.frontend.LLBBridge/Solve'];
const smuggled = 'POST /plugins/pull?remote=smuggled HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n';
const largeBytes = 5 * 1024 * 1024;

const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const chunked = (body: string, extension = '') =>
  `${body ? `${body.length.toString(16)}${extension}\r\n${body}\r\n` : ''}0\r\n\r\n`;
const escaped = (text: string) =>
  Array.from(text, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Choices by numbers from 0 to 1. */
const chanceOf = (random: () => number) => ({
  random,
  choose: <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!,
  sometimes: (share: number) => random() < share,
});
type Chance = ReturnType<typeof chanceOf>;

function bodyWriter({ random, choose, sometimes }: Chance): () => string {
  /** Go's encoding/json takes most of these for the name itself. */
  const named = (name: string): string =>
    sometimes(0.7)
      ? name
      : choose([
          name.toLowerCase(),
          name.toUpperCase(),
          name.replace(/s/i, 'ſ'),
          name.replace(/k/i, '\u212a'),
          escaped(name),
          `${name}\\u0000`,
        ]);
  const field = (): string => {
    const kind = random();
    if (kind < 0.15) return `"${named('NetworkMode')}":"${choose(networks)}"`;
    if (kind < 0.35)
      return `"${named('Binds')}":["${choose(sources)}:/x${choose(['', '', ':ro', ':rshared'])}"]`;
    return choose(kind < 0.75 ? harmless : reaching).replace(
      /^"(\w+)"/,
      (_, name: string) => `"${named(name)}"`,
    );
  };
  const host = () =>
    `"${named('HostConfig')}":{${Array.from({ length: 1 + Math.floor(random() * 3) }, field).join(',')}}`;
  const others = ['"__proto__":{"HostConfig":{"Privileged":true}}', '"Extra":1', '"HostConfig":null'];
  const brokenJson: ((whole: string) => string)[] = [
    (whole) => `\ufeff${whole}`,
    (whole) => `${whole}${whole}`,
    (whole) => `${whole} x`,
    (whole) => whole.slice(0, -1),
    (whole) => `[${whole}]`,
    (whole) => whole.replace('{', '{/**/'),
    (whole) => whole.replace('67108864', '1e400'),
    (whole) => whole.replace('"busybox"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  ];
  return () => {
    const fields = ['"Image":"busybox"', host()];
    if (sometimes(0.2)) fields.push(host());
    if (sometimes(0.1)) fields.push(choose(others));
    const whole = `{${fields.join(',')}}`;
    if (sometimes(0.05)) return utf8(whole).replace('busybox', 'busy\xffbox');
    if (sometimes(0.01)) return whole.replace('busybox', 'x'.repeat(largeBytes));
    return utf8(sometimes(0.15) ? choose(brokenJson)(whole) : whole);
  };
}

function callWriter({ choose, ...chance }: Chance) {
  const createBody = bodyWriter({ choose, ...chance });
  return (): Pick<Parts, 'method' | 'target'> & Partial<Parts> => {
    const post = (target: string, body = '', headers: string[] = []) => ({
      method: 'POST',
      target,
      body,
      headers,
    });
    const json = (target: string, body: string) => post(target, body, ['Content-Type: application/json']);
    const container = choose(containers);
    const upgrade = ['Connection: Upgrade', `Upgrade: ${choose(['tcp', 'tcp', 'h2c', 'websocket'])}`];
    const reads = ['json', 'logs?stdout=1', 'export', 'archive?path=/etc', 'top'];
    return choose([
      () => ({ method: 'GET', target: choose(['/info', '/_ping', '/images/a/b/json', '/plugins']) }),
      () => ({ method: 'GET', target: `/containers/${container}/${choose(reads)}` }),
      () => ({ method: 'DELETE', target: `/containers/${container}?force=1` }),
      () => ({ method: 'PUT', target: `/containers/${container}/archive?path=/`, body: 'tar' }),
      ...Array.from({ length: 5 }, () => () => json('/containers/create', createBody())),
      () => json(`/containers/${container}/exec`, choose(['{"Cmd":["sh"]}', '{"Privileged":true}'])),
      () => post(`/exec/${container}exec/start`, '{"Detach":false,"Tty":true}', upgrade),
      () => post(`/containers/${container}/attach?stream=1`, '', upgrade),
      () => post(`/containers/${container}/start`, choose(['', '', '{"Privileged":true}'])),
      () =>
        json(`/commit?container=${container}${choose(['', '&container=reaching', '&Container=x'])}`, '{}'),
      () =>
        post(
          `/build?t=x${choose(['', '&networkmode=none', '&networkmode=host', '&NetworkMode=host', '&a=b;networkmode=host', '&remote=http://10.0.0.1/', '&extrahosts=h:host-gateway'])}`,
          'tar',
        ),
      () =>
        post(`/images/create?fromImage=busybox${choose(['', '&fromSrc=http://10.0.0.1/', '&fromSrc=-'])}`),
      () =>
        post('/build?t=x', 'networkmode=host', [
          `Content-Type: ${choose(['application/x-tar', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])}`,
        ]),
      () =>
        post('/session', '', [...upgrade, `X-Docker-Expose-Session-Grpc-Method: ${choose(sessionMethods)}`]),
      () => json(choose(['/grpc', '/swarm/init', '/volumes/create', '/containers/plain/update']), '{}'),
    ])();
  };
}

function disturber({ choose }: Chance): (parts: Parts) => Partial<Parts> {
  const versions = ['/v1.41', '/v1.24', '/v1.23', '/v1.9', '/v2', '/v1.41/v1.41', '/v1.41.0', '/V1.41'];
  const otherPath: ((target: string) => string)[] = [
    (target) => `${choose(versions)}${target}`,
    (target) => `/x/..${target}`,
    (target) => target.replace('/', '//'),
    (target) => target.replace('plain', 'plain/../reaching'),
    (target) => target.replace('plain', 'plain%2f..%2freaching'),
    (target) => target.replace('plain', '%70lain'),
    (target) => target.replace('/', '/%2e/'),
    (target) => target.replace(/([a-z])(?=[^/]*$)/, (c) => `%${c.charCodeAt(0).toString(16)}`),
    (target) => target.toUpperCase(),
    (target) => `http://x${target}`,
    (target) => `//x${target}`,
    (target) => target.replace('?', '/?'),
    (target) => target.replace('?', ';'),
    (target) => target.replace('?', '%3f'),
    (target) => `${target}#x`,
    (target) => `${target}%00`,
    (target) => `${target}\xc3\xa9`,
    (target) => target.replace('=', '%3d'),
  ];
  const headerLines = [
    'Content-Length: 0',
    'Content-Length: 5',
    'Content-Length: +3',
    'Content-Length: 3, 3',
    'content-length : 3',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, identity',
    'Transfer-Encoding:\tchunked',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding: identity',
    'TRANSFER-ENCODING: Chunked',
    'Connection: close',
    'Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
    'Connection: X-Registry-Auth',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Encoding: gzip',
    'X-HTTP-Method-Override: DELETE',
    'X-Registry-Auth: e30=\r\n X: folded',
    'X-Registry-Auth: a\rb',
    'X\x00: y',
    'Expect: 100-continue',
    'Trailer: Content-Length',
    'Host: other',
    `X-Registry-Config: ${'x'.repeat(70_000)}`,
  ];
  const disturbances: ((parts: Parts) => Partial<Parts>)[] = [
    ({ target }) => ({ target: choose(otherPath)(target) }),
    ({ target }) => ({ target: choose(otherPath)(target) }),
    ({ headers }) => ({ headers: [...headers, choose(headerLines)] }),
    ({ headers }) => ({ headers: [choose(headerLines), ...headers] }),
    () => ({ behind: smuggled }),
    () => ({ framing: 'chunks' }),
    () => ({ framing: 'chunks', behind: smuggled }),
    () => ({ version: choose(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1', 'HTTP/1.2']) }),
    ({ method }) => ({ method: choose([method.toLowerCase(), 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'GET']) }),
    ({ body }) => ({ body: `${body}${body}` }),
  ];
  return (parts) => choose(disturbances)(parts);
}

function bytesWriter({ choose, sometimes }: Chance): (parts: Parts) => string {
  return ({ method, target, version, headers, body, framing, behind }) => {
    const length =
      framing === 'chunks'
        ? ['Transfer-Encoding: chunked']
        : body || !/^(GET|HEAD|DELETE)$/.test(method)
          ? [`Content-Length: ${body.length}`]
          : [];
    const head = [`${method} ${target} ${version}`, 'Host: x', ...headers, ...length].join('\r\n');
    const sent = framing === 'chunks' ? chunked(body, choose(['', '', ';x=y'])) : body;
    const line = sometimes(0.03) ? (text: string) => text.replaceAll('\r\n', '\n') : (text: string) => text;
    return `${line(`${head}\r\n\r\n`)}${sent}${behind}`;
  };
}

/** `random`: numbers from 0 to 1. */
export function requestWriter(random: () => number): () => Sent {
  const chance = chanceOf(random);
  const { choose, sometimes } = chance;
  const call = callWriter(chance);
  const disturb = disturber(chance);
  const write = bytesWriter(chance);
  return () => {
    let parts: Parts = {
      version: 'HTTP/1.1',
      headers: [],
      body: '',
      framing: 'length',
      behind: '',
      ...call(),
    };
    for (let more = choose([0, 0, 1, 1, 2, 3]); more > 0; more -= 1) parts = { ...parts, ...disturb(parts) };
    const bytes = write(parts);
    const cut = sometimes(0.05) ? Math.floor(random() * bytes.length) : bytes.length;
    const middle = Math.floor(random() * cut);
    const slow = sometimes(0.1);
    return {
      pieces: slow ? [bytes.slice(0, middle), bytes.slice(middle, cut)] : [bytes.slice(0, cut)],
      halfClosed: sometimes(0.1),
    };
  };
}
