import { describe, expect, test } from 'vitest';
import { checkDockerfile } from './check';
import { applyFix } from './finding';

const rulesOf = (text: string) => checkDockerfile(text).map(({ rule }) => rule);

/** The only finding of a rule, with its marked text. */
function only(text: string, rule: string) {
  const found = checkDockerfile(text).filter((finding) => finding.rule === rule);
  expect(found.map(({ message }) => message)).toHaveLength(1);
  const [finding] = found;
  return { ...finding!, marked: text.slice(finding!.from, finding!.to) };
}

function fixed(text: string, rule: string): string {
  const { fix } = only(text, rule);
  if (!fix) throw new Error(`${rule} offers no fix`);
  return applyFix(text, fix);
}

const clean = `# syntax=docker/dockerfile:1
ARG VERSION=12
FROM golang:1.22 AS build
WORKDIR /src
COPY --link . .
RUN --mount=type=cache,target=/root/.cache/go-build go build -o /app ./...

FROM debian:\${VERSION}
RUN apt-get update \\
    # only what is needed
    && apt-get install -y --no-install-recommends ca-certificates \\
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /usr/local/bin/app
ENV PUBLIC_KEY=abc TZ=UTC
EXPOSE 8080 53/udp 9000-9010/tcp \${PORT}
ENTRYPOINT ["app"]
`;

test('a Dockerfile without errors has no findings', () => {
  expect(checkDockerfile(clean)).toEqual([]);
  expect(checkDockerfile('')).toEqual([]);
});

test('what is too large to check is said', () => {
  expect(checkDockerfile('x'.repeat(300_000))).toMatchObject([
    { rule: 'too-large', severity: 'note', line: 1, message: expect.stringContaining('too large to check') },
  ]);
  const long = `FROM a\nRUN apt-get install x\n${'LABEL a=b\n'.repeat(5000)}`;
  expect(rulesOf(long)).toEqual(expect.arrayContaining(['too-large', 'latest-base', 'unanswered']));
});

test('findings are ordered by line', () => {
  const found = checkDockerfile('FROM debian\nRUM x\nEXPOSE 0\n');
  expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual([
    '1 latest-base',
    '2 syntax-unknown-instruction',
    '3 port',
  ]);
  expect(found.every(({ message, why }) => /[.?]$/.test(message) && /[.?…]$/.test(why))).toBe(true);
});

describe('the language', () => {
  test('unknown instructions and missing arguments are errors', () => {
    expect(only('FROM a:1\nRUM x\n', 'syntax-unknown-instruction')).toMatchObject({
      severity: 'error',
      marked: 'RUM',
    });
    expect(only('FROM a:1\nCOPY x\n', 'syntax-argument-requires-at-least-two').severity).toBe('error');
    expect(only('RUN x\n', 'syntax-no-source-image').severity).toBe('error');
  });
  test('lower case is a note with a fix', () => {
    expect(only('from a:1\n', 'syntax-casing-instruction').severity).toBe('note');
    expect(fixed('from a:1\n', 'syntax-casing-instruction')).toBe('FROM a:1\n');
  });
  test('an empty line inside of an instruction is removed', () => {
    expect(fixed('FROM a:1\nRUN x \\\n\n  y\n', 'syntax-empty-continuation-line')).toBe(
      'FROM a:1\nRUN x \\\n  y\n',
    );
  });
  test('JSON gets its double quotes', () => {
    expect(fixed("FROM a:1\nCMD ['a', 'b']\n", 'syntax-json-in-single-quotes')).toContain('CMD ["a"');
  });
  test('instructions of BuildKit are not reported', () => {
    const text = `FROM a:1
COPY --exclude=*.md --parents --chmod=755 --chown=1:1 . /src/
ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 https://example.org/x /y
RUN --mount=type=secret,id=token,env=TOKEN --network=none --security=insecure true
RUN <<EOF
echo here
EOF
COPY <<EOF /etc/motd
hello
EOF
HEALTHCHECK --start-interval=5s CMD true
`;
    expect(checkDockerfile(text)).toEqual([]);
  });
});

describe('stages', () => {
  const two = (from: string) => `FROM a:1 AS builder\nFROM b:1\nCOPY --from=${from} /x /y\n`;
  test.each(['builder', 'BUILDER', '0', 'nginx:1.27', 'ghcr.io/a/b', '$STAGE'])('%s is known', (from) => {
    expect(rulesOf(two(from))).not.toContain('unknown-stage');
  });
  test('a misspelled stage is found, and the right one offered', () => {
    expect(only(two('biulder'), 'unknown-stage')).toMatchObject({ severity: 'warning', marked: 'biulder' });
    expect(fixed(two('biulder'), 'unknown-stage')).toBe(two('builder'));
  });
  test('a stage that is nothing like the others has no fix', () => {
    expect(only(two('nginx'), 'unknown-stage').fix).toBeUndefined();
  });
  test('a number beyond the last stage, the stage itself, and a later one are errors', () => {
    expect(only(two('7'), 'unknown-stage').severity).toBe('error');
    expect(only(two('1'), 'unknown-stage').message).toContain('the current stage');
    const later = 'FROM a:1\nCOPY --from=tools /x /y\nFROM b:1 AS tools\n';
    expect(only(later, 'unknown-stage')).toMatchObject({ severity: 'error', line: 2 });
  });
  test('mounts are checked, too', () => {
    const text = 'FROM a:1 AS deps\nFROM b:1\nRUN --mount=type=bind,from=dps,target=/d ls /d\n';
    expect(fixed(text, 'unknown-stage')).toContain('from=deps,');
  });
});

describe('ports', () => {
  test.each(['80', '80/tcp', '53/UDP', '8000-8010', '1-65535', '$PORT', '${PORT}/tcp', '9/sctp'])(
    '%s',
    (port) => {
      expect(rulesOf(`FROM a:1\nEXPOSE ${port}\n`)).toEqual([]);
    },
  );
  test.each(['0', '65536', '99999/tcp', 'http', '80:80', '80/icmp', '8010-8000', '-1'])('not %s', (port) => {
    const found = only(`FROM a:1\nEXPOSE 443 ${port}\n`, 'port');
    expect(found).toMatchObject({ severity: 'error', marked: port, line: 2 });
  });
  test('a reversed range is fixed', () => {
    expect(fixed('FROM a:1\nEXPOSE 8010-8000/tcp\n', 'port')).toBe('FROM a:1\nEXPOSE 8000-8010/tcp\n');
  });
});

describe('package caches', () => {
  test.each([
    'RUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*',
    'RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y x',
    'RUN yum -y install httpd && yum clean all',
    'RUN dnf install -y httpd \\\n  && dnf clean all \\\n  && rm -rf /var/cache/dnf',
    'RUN --mount=type=cache,target=/var/cache/dnf,sharing=locked dnf install -y x',
    'RUN apk add --no-cache curl',
    'RUN apk update && apk add curl && rm -rf /var/cache/apk/*',
    'RUN echo "apt-get install x"',
    'RUN ["apt-get", "install", "-y", "x"]',
    'RUN microdnf install -y x && microdnf clean all',
  ])('nothing is left by %s', (run) => {
    expect(rulesOf(`FROM a:1\n${run}\n`)).toEqual([]);
  });

  test('yum without clean-up', () => {
    const text = 'FROM a:1\nRUN yum install -y httpd\n';
    expect(only(text, 'package-cache')).toMatchObject({ severity: 'warning', line: 2 });
    const mended = fixed(text, 'package-cache');
    expect(mended).toBe('FROM a:1\nRUN yum install -y httpd \\\n    && yum clean all\n');
    expect(checkDockerfile(mended)).toEqual([]);
  });
  test('apt leaves its lists', () => {
    const mended = fixed('FROM a:1\nRUN apt-get update && apt-get install -y x\n', 'package-cache');
    expect(mended).toContain('&& rm -rf /var/lib/apt/lists/*');
    expect(checkDockerfile(mended)).toEqual([]);
  });
  test('apk gets --no-cache', () => {
    expect(fixed('FROM a:1\nRUN apk add curl git\n', 'package-cache')).toBe(
      'FROM a:1\nRUN apk add --no-cache curl git\n',
    );
  });
  test('with another escape character the fix uses it', () => {
    expect(fixed('# escape=`\nFROM a:1\nRUN yum install -y x\n', 'package-cache')).toContain(
      'x `\n    && yum clean all',
    );
  });
  test('in a stage that is not part of the image they are not reported', () => {
    const text =
      'FROM a:1 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM b:1\nCOPY --from=build /x /\n';
    expect(rulesOf(text)).toEqual([]);
  });
  test('in a parent of the last stage they are reported', () => {
    expect(rulesOf('FROM a:1 AS base\nRUN yum install -y x\nFROM base\nCMD x\n')).toEqual(['package-cache']);
  });
  test('a here-document is checked, but not fixed', () => {
    expect(only('FROM a:1\nRUN <<EOF\nyum install -y x\nEOF\n', 'package-cache').fix).toBeUndefined();
    expect(rulesOf('FROM a:1\nRUN <<EOF\nyum install -y x\nyum clean all\nEOF\n')).toEqual([]);
  });

  test('a clean-up in its own layer is too late', () => {
    const text = 'FROM a:1\nRUN yum install -y httpd\nRUN yum clean all\n';
    expect(only(text, 'clean-too-late').line).toBe(3);
    const mended = fixed(text, 'clean-too-late');
    expect(mended).toBe('FROM a:1\nRUN yum install -y httpd \\\n    && yum clean all\n');
    expect(checkDockerfile(mended)).toEqual([]);
  });
  test('with something in between it is not joined', () => {
    const text = 'FROM a:1\nRUN yum install -y httpd\nCOPY a /b\nRUN yum clean all\n';
    expect(only(text, 'clean-too-late').fix).toBeUndefined();
  });

  test('“;” hides that the installation failed', () => {
    const text = 'FROM a:1\nRUN yum install -y httpd; yum clean all\n';
    expect(only(text, 'hidden-failure').marked).toBe(';');
    const mended = fixed(text, 'hidden-failure');
    expect(mended).toBe('FROM a:1\nRUN yum install -y httpd && yum clean all\n');
    expect(checkDockerfile(mended)).toEqual([]);
    expect(rulesOf('FROM a:1\nRUN set -ex; yum install -y httpd; yum clean all\n')).toEqual([]);
  });

  test('an installation that prompts gets -y', () => {
    const text =
      'FROM a:1\nRUN apt-get update && apt-get install --no-install-recommends x && rm -rf /var/lib/apt/lists/*\n';
    expect(fixed(text, 'unanswered')).toContain('apt-get install -y --no-install-recommends x');
    expect(
      rulesOf('FROM a:1\nRUN apt-get -qq update && apt-get install -yq x && rm -rf /var/lib/apt/lists/*\n'),
    ).toEqual([]);
  });
});

describe('bases', () => {
  test.each(['debian:12', 'scratch', 'a@sha256:' + '0'.repeat(64), '$UNKNOWN', 'localhost:5000/a/b:1'])(
    '%s',
    (base) => {
      expect(rulesOf(`FROM ${base}\n`)).not.toContain('latest-base');
    },
  );
  test.each(['debian', 'debian:latest', 'localhost:5000/a/b'])('%s moves', (base) => {
    expect(only(`FROM --platform=linux/amd64 ${base} AS x\n`, 'latest-base')).toMatchObject({
      severity: 'note',
      marked: base,
    });
  });
  test('arguments are put in', () => {
    expect(rulesOf('ARG V=12\nFROM debian:$V\n')).toEqual([]);
    expect(rulesOf('ARG BASE=debian\nFROM ${BASE}\n')).toEqual(['latest-base']);
    expect(rulesOf('FROM ${BASE:-debian:12}\n')).not.toContain('latest-base');
  });
  test('a stage is no image', () => {
    expect(rulesOf('FROM a:1 AS base\nFROM base\n')).toEqual([]);
  });
});

describe('secrets', () => {
  test.each([
    'ARG NPM_TOKEN',
    'ARG db_password=x',
    'ENV API_KEY=abc',
    'ENV A=1 AWS_SECRET_ACCESS_KEY=x',
    'ENV SECRET x y',
    'ENV DATABASE=postgres://app:hunter2@db/app',
    'ENV DEPLOY=ghp_0123456789abcdefghijklmnopqrstuvwxyzA',
    'ARG CERT="-----BEGIN RSA PRIVATE KEY-----"',
  ])('%s', (line) => {
    expect(only(`FROM a:1\n${line}\n`, 'secret')).toMatchObject({ severity: 'warning', line: 2 });
  });
  test.each([
    'ENV PUBLIC_KEY=x',
    'ENV GPG_KEY=0123',
    'ENV PASSWORD_FILE=/run/secrets/password',
    'ARG KEYBOARD=de',
    'ARG AUTHOR=me',
    'ENV TOKENIZERS_PARALLELISM=false',
    'ENV URL=https://example.org/a@b',
    'LABEL password=x',
  ])('not %s', (line) => {
    expect(rulesOf(`FROM a:1\n${line}\n`)).toEqual([]);
  });
});

test('incomplete text is checked as far as possible', () => {
  for (let end = 0; end < clean.length; end += 7)
    expect(() => checkDockerfile(clean.slice(0, end))).not.toThrow();
});
