import { expect, test } from 'vitest';
import { kindOfInstruction } from '@/lib/dockerfiles/step-names';
import { buildOptions } from '@/lib/projects/options/schema';
import type { z } from 'zod';
import { diffFiles, type FileChange } from './file-changes';
import type { BuildRecord, Cause, RecordedStep } from './cause';
import { explainMisses } from './why';

interface Made extends Partial<Omit<BuildRecord, 'options' | 'steps'>> {
  /** Lines whose steps ran; all others came from the cache. */
  ran?: number[];
  /** By line, what is special about a step. */
  steps?: Record<number, Partial<RecordedStep>>;
  options?: z.input<typeof buildOptions>;
  /** Digest in the name of the base's step. */
  digest?: string;
}

const dockerfile = (...lines: string[]) => `${lines.join('\n')}\n`;

/** A build as it is recorded: a step for each instruction that makes one, each after the one before. */
function build(
  text: string,
  { ran = [], steps = {}, options = {}, digest, ...more }: Made = {},
): BuildRecord {
  const recorded: RecordedStep[] = [];
  text.split('\n').forEach((line, index) => {
    const match = /^(RUN|COPY|ADD|WORKDIR|FROM)\b/.exec(line);
    if (!match) return;
    const image = digest ? `${line.split(' ')[1]}@sha256:${digest.repeat(64)}` : '';
    recorded.push({
      id: `s${index + 1}`,
      name: match[1] === 'FROM' && image ? `[1/2] FROM ${image}` : line,
      kind: kindOfInstruction(line),
      line: index + 1,
      inputs: [],
      started: index,
      completed: index + 1,
      cached: !ran.includes(index + 1),
      ...steps[index + 1],
    });
  });
  return {
    number: 2,
    status: 'succeeded',
    builder: 'buildkit',
    engine: null,
    dockerfileText: text,
    bases: [{ reference: 'busybox', digest: 'sha256:1', id: 'sha256:1' }],
    ...more,
    options: buildOptions.parse(options),
    steps: recorded,
  };
}

const changed = (...paths: string[]): FileChange[] =>
  paths.map((path) => ({ path, how: 'changed', before: 1, after: 2, modeOnly: false }));

function why(before: BuildRecord, now: BuildRecord, changes: FileChange[] | null = []) {
  const explained = explainMisses(before, now, changes);
  if (explained.type !== 'missed') throw new Error(`It says ${explained.type}.`);
  return explained.misses;
}

/** The causes of the first step that ran. */
const causes = (before: BuildRecord, now: BuildRecord, changes?: FileChange[] | null): Cause[] =>
  why(before, now, changes)[0]!.causes;

const basic = dockerfile('FROM busybox', 'COPY a.txt src /srv/', 'RUN make', 'RUN make test');

test('nothing is said where nothing ran, where all was cached, and of a first build', () => {
  expect(explainMisses(build(basic), build(basic), [])).toEqual({ type: 'all-cached' });
  expect(explainMisses(null, build(basic, { ran: [2] }), [])).toEqual({ type: 'first' });
  expect(explainMisses(build(basic), { ...build(basic), steps: [] }, [])).toEqual({ type: 'none' });
});

test('a changed instruction is the cause, with how it was; the steps after it follow', () => {
  const now = build(basic.replace('RUN make\n', 'RUN make all\n'), { ran: [3, 4] });
  const [miss, ...others] = why(build(basic), now);
  expect(others).toEqual([]);
  expect(miss!.step.line).toBe(3);
  expect(miss!.causes).toEqual([
    { type: 'instruction', line: 3, before: 'RUN make', after: 'RUN make all', own: true },
  ]);
  expect(miss!.following.map((step) => step.line)).toEqual([4]);
});

test('an instruction that was put in or taken out is the cause', () => {
  const added = build(basic.replace('RUN make\n', 'WORKDIR /srv\nRUN make\n'), { ran: [3, 4, 5] });
  expect(causes(build(basic), added)).toEqual([
    { type: 'instruction', line: 3, before: null, after: 'WORKDIR /srv', own: true },
  ]);
  const removed = build(basic.replace('RUN make\n', ''), { ran: [3] });
  // The step itself is as it was: what stood before it is gone.
  expect(causes(build(basic), removed)).toEqual([
    { type: 'instruction', line: 3, before: 'RUN make', after: null, own: false },
  ]);
});

test('an instruction before the step that came from the cache itself is named', () => {
  const before = build(basic);
  const now = build(basic.replace('RUN make\n', 'RUN make again\n'), { ran: [4] });
  expect(causes(before, now)).toEqual([
    { type: 'instruction', line: 3, before: 'RUN make', after: 'RUN make again', own: false },
  ]);
});

test('comments, moved lines and what comes after the step are no cause', () => {
  const now = build(basic.replace('COPY', '# all of it\n\nCOPY').replace('make test', 'make check'), {
    ran: [6],
  });
  expect(causes(build(basic), now)).toMatchObject([{ before: 'RUN make test', after: 'RUN make check' }]);
  const unchanged = build(basic.replace('make test', 'make check'), { ran: [3, 4] });
  expect(causes(build(basic), unchanged)).toEqual([{ type: 'gone' }]);
});

test('blanks matter in a command, and are nothing elsewhere', () => {
  const now = build(basic.replace('RUN make\n', 'RUN make  \\\n  all\n'), { ran: [3] });
  expect(causes(build(basic), now)).toMatchObject([{ type: 'instruction', before: 'RUN make' }]);
  const spaced = build(basic.replace('a.txt src', 'a.txt   src'), { ran: [2, 3, 4] });
  expect(causes(build(basic), spaced)).toEqual([{ type: 'gone' }]);
});

test('settings before a step count where the step goes by them', () => {
  const text = dockerfile(
    'FROM busybox',
    'ENV MODE=fast',
    'LABEL team=web',
    'COPY a /a',
    'COPY b /$MODE',
    'RUN make',
  );
  const faster = text.replace('fast', 'faster');
  expect(causes(build(text), build(faster, { ran: [6] }))).toEqual([
    { type: 'instruction', line: 2, before: 'ENV MODE=fast', after: 'ENV MODE=faster', own: false },
  ]);
  expect(causes(build(text), build(faster, { ran: [5, 6] }))).toMatchObject([{ line: 2 }]);
  expect(causes(build(text), build(faster, { ran: [4] }))).toEqual([{ type: 'gone' }]);
  const label = text.replace('team=web', 'team=api');
  expect(causes(build(text), build(label, { ran: [6] }))).toEqual([{ type: 'gone' }]);
  const classic = { builder: 'classic' };
  expect(causes(build(text, classic), build(label, { ...classic, ran: [6] }))).toMatchObject([
    { type: 'instruction', before: 'LABEL team=web', own: false },
  ]);
});

test('an argument with another value is the cause, whether given or by its default', () => {
  const text = dockerfile('ARG BASE=busybox', 'FROM $BASE', 'ARG VERSION=1', 'COPY a /a', 'RUN make');
  const given = (name: string, value: string): Made => ({ options: { buildArgs: [{ name, value }] } });
  expect(causes(build(text), build(text, { ...given('VERSION', '2'), ran: [5] }))).toEqual([
    { type: 'argument', name: 'VERSION', before: '1', after: '2' },
  ]);
  expect(causes(build(text), build(text.replace('VERSION=1', 'VERSION=3'), { ran: [5] }))).toEqual([
    { type: 'argument', name: 'VERSION', before: '1', after: '3' },
  ]);
  // A COPY that does not use it does not go by it.
  expect(causes(build(text), build(text, { ...given('VERSION', '2'), ran: [4, 5] }))).toEqual([
    { type: 'gone' },
  ]);
  expect(causes(build(text), build(text, { ...given('OTHER', '2'), ran: [5] }))).toEqual([{ type: 'gone' }]);
  const based = build(text, { ...given('BASE', 'alpine'), ran: [4, 5], bases: [] });
  expect(causes(build(text), based)).toMatchObject([
    { type: 'argument', name: 'BASE', before: 'busybox', after: 'alpine' },
  ]);
});

test('an argument of before the first stage comes in where a stage names it, and goes on to stages on top', () => {
  const text = dockerfile('ARG V=1', 'FROM busybox AS one', 'ARG V', 'RUN a', 'FROM one', 'RUN b');
  const now = build(text, { options: { buildArgs: [{ name: 'V', value: '2' }] }, ran: [6] });
  expect(causes(build(text), now)).toEqual([{ type: 'argument', name: 'V', before: '1', after: '2' }]);
  const unnamed = text.replace('ARG V\n', '\n');
  const other = build(unnamed, { options: { buildArgs: [{ name: 'V', value: '2' }] }, ran: [6] });
  expect(causes(build(unnamed), other)).toEqual([{ type: 'gone' }]);
});

test('only files that the step copies are the cause', () => {
  const now = build(basic, { ran: [2, 3, 4] });
  expect(causes(build(basic), now, changed('a.txt', 'src/deep/b', 'README', 'srcs/x'))).toEqual([
    {
      type: 'files',
      place: { line: 2, text: 'COPY a.txt src /srv/' },
      own: true,
      changes: changed('a.txt', 'src/deep/b'),
    },
  ]);
  expect(causes(build(basic), now, changed('README'))).toEqual([{ type: 'gone' }]);
});

const copies: [source: string, matching: string[], others: string[]][] = [
  ['COPY . /srv', ['a', 'b/c'], []],
  ['COPY ./ /srv', ['a', 'b/c'], []],
  ['COPY / /srv', ['a'], []],
  ['COPY ./b/ /srv/', ['b', 'b/c'], ['a', 'bc']],
  ['COPY *.js package?.json /srv/', ['a.js', 'package1.json'], ['b/a.js', 'package.json', 'ajs']],
  ['COPY b* /srv/', ['bar', 'b/c/d'], ['ab']],
  ['COPY --chown=1:1 --link a.txt /srv/', ['a.txt'], ['--link', '1:1']],
  ['COPY ["with blank", "c", "/srv/"]', ['with blank', 'c/d'], ['/srv/']],
  ['COPY $DIR/x /srv/', ['web/x'], ['x', 'api/x']],
  ['ADD https://example.org/a.tar b /srv/', ['b'], ['a.tar']],
  ['RUN --mount=type=bind,source=src,target=/src make', ['src/a'], ['a']],
  ['RUN --mount=target=/src make', ['src/a', 'a'], []],
];

for (const [line, matching, others] of copies) {
  test(`the files of “${line}”`, () => {
    const text = dockerfile('FROM busybox', 'ARG DIR=web', line);
    const all = changed(...[...matching, ...others].toSorted());
    const found = causes(build(text), build(text, { ran: [3] }), all).find((cause) => cause.type === 'files');
    expect(found?.type === 'files' ? found.changes.map((change) => change.path) : []).toEqual(
      matching.toSorted(),
    );
  });
}

for (const line of [
  'RUN --mount=type=cache,target=/root/.cache make',
  'RUN --mount=type=bind,from=busybox,target=/b make',
  'COPY --from=busybox /bin/sh /sh',
  'RUN make COPY . /',
]) {
  test(`“${line}” reads no file of the context`, () => {
    const text = dockerfile('FROM busybox', line);
    expect(causes(build(text), build(text, { ran: [2] }), changed('a'))).toEqual([{ type: 'gone' }]);
    expect(why(build(text), build(text, { ran: [2] }), null)[0]!.unknown).toEqual([]);
  });
}

test('without the list of files it says that it does not know them', () => {
  const [miss] = why(build(basic), build(basic, { ran: [2] }), null);
  expect(miss).toMatchObject({ causes: [{ type: 'gone' }], unknown: ['files'] });
});

test('another base of the same name is the cause, by whichever digest both builds know', () => {
  const now = build(basic, {
    ran: [2, 3, 4],
    bases: [{ reference: 'busybox', digest: 'sha256:2', id: 'sha256:2' }],
  });
  expect(causes(build(basic), now)).toEqual([
    { type: 'base', reference: 'busybox', before: 'sha256:1', after: 'sha256:2' },
  ]);
  const named = build(basic, { digest: 'b', ran: [2] });
  expect(causes(build(basic, { digest: 'a' }), named)).toMatchObject([
    { type: 'base', before: `sha256:${'a'.repeat(64)}`, after: `sha256:${'b'.repeat(64)}` },
  ]);
  const unknown = build(basic, { ran: [2], bases: [] });
  expect(why(build(basic), unknown)[0]).toMatchObject({ causes: [{ type: 'gone' }], unknown: ['base'] });
  const scratch = basic.replace('busybox', 'scratch');
  expect(why(build(scratch, { bases: [] }), build(scratch, { ran: [2], bases: [] }))[0]!.unknown).toEqual([]);
});

test('a base that was pushed in between has a digest more, and is the same', () => {
  const pushed = [{ reference: 'busybox', digest: 'sha256:pushed', id: 'sha256:1' }];
  expect(causes(build(basic), build(basic, { ran: [2], bases: pushed }))).toEqual([{ type: 'gone' }]);
  // Pulled by the builder itself: the engine knows no such image, and an id and a digest cannot be compared.
  const pulled = [{ reference: 'busybox', digest: 'sha256:pushed', id: null }];
  expect(why(build(basic), build(basic, { ran: [2], bases: pulled }))[0]).toMatchObject({
    causes: [{ type: 'gone' }],
    unknown: ['base'],
  });
  const other = [{ reference: 'busybox', digest: 'sha256:other', id: null }];
  expect(causes(build(basic, { bases: pulled }), build(basic, { ran: [2], bases: other }))).toMatchObject([
    { type: 'base', before: 'sha256:pushed', after: 'sha256:other' },
  ]);
});

test('a FROM with another image is a changed instruction; another name of the stage is none', () => {
  const now = build(basic.replace('busybox', 'busybox:2'), { ran: [2, 3, 4] });
  expect(causes(build(basic), now)[0]).toEqual({
    type: 'instruction',
    line: 1,
    before: 'FROM busybox',
    after: 'FROM busybox:2',
    own: false,
  });
  const renamed = build(basic.replace('busybox', 'busybox AS web'), { ran: [2] });
  expect(causes(build(basic), renamed)).toEqual([{ type: 'gone' }]);
});

test('no cache was asked for: that is all there is to say', () => {
  const now = build(basic.replace('make', 'cc'), { ran: [2, 3, 4], options: { noCache: true } });
  const [miss] = why(build(basic), now, null);
  expect(miss).toMatchObject({ causes: [{ type: 'no-cache' }], unknown: [] });
  expect(miss!.following).toHaveLength(2);
});

test('another builder has another cache; another engine may have', () => {
  const classic = build(basic, { builder: 'classic', ran: [2] });
  expect(causes(build(basic), classic)).toEqual([{ type: 'builder', before: 'buildkit', after: 'classic' }]);
  const engine = {
    product: 'docker',
    version: '20.10',
    apiVersion: '1',
    os: 'linux',
    arch: 'amd64',
    store: 'graphdriver',
  };
  const newer = build(basic, { ran: [2], engine: { ...engine, version: '28.0' } });
  expect(causes(build(basic, { engine }), newer)).toEqual([
    { type: 'engine', before: 'docker 20.10, graphdriver', after: 'docker 28.0, graphdriver' },
  ]);
});

test('options that a command goes by are named, for commands only', () => {
  const host = { options: { networkMode: 'host' as const } };
  expect(causes(build(basic), build(basic, { ...host, ran: [3, 4] }))).toEqual([
    { type: 'option', name: 'Network', before: 'default', after: 'host' },
  ]);
  expect(causes(build(basic), build(basic, { ...host, ran: [2] }))).toEqual([{ type: 'gone' }]);
  expect(
    causes(build(basic), build(basic, { options: { platform: 'linux/arm64' }, ran: [2] })),
  ).toMatchObject([{ type: 'option', name: 'Platform', after: 'linux/arm64' }]);
});

test('when the build before did not come so far, there was no result to take', () => {
  const now = build(basic, { ran: [3, 4] });
  const before = (step: Partial<RecordedStep>) =>
    build(basic, { status: 'failed', ran: [3], steps: { 3: step } });
  expect(causes(before({ error: 'exit code 1' }), now)).toEqual([{ type: 'unfinished', how: 'failed' }]);
  expect(causes(before({ completed: undefined }), now)).toEqual([{ type: 'unfinished', how: 'cut-off' }]);
  expect(causes(before({ started: undefined, completed: undefined }), now)).toEqual([
    { type: 'unfinished', how: 'not-begun' },
  ]);
  expect(causes(before({}), now)).toEqual([{ type: 'gone' }]);
});

test('what is behind an address is not known', () => {
  const text = dockerfile('FROM busybox', 'ADD https://example.org/a.tar /srv/');
  expect(causes(build(text), build(text, { ran: [2] }))).toEqual([
    { type: 'remote', source: 'https://example.org/a.tar' },
  ]);
  const other = text.replace('a.tar', 'b.tar');
  expect(causes(build(text), build(other, { ran: [2] }))).toMatchObject([{ type: 'instruction' }]);
});

const stages = dockerfile(
  'FROM busybox AS web',
  'COPY web /web',
  'RUN bundle',
  'FROM busybox AS api',
  'COPY api /api',
  'RUN compile',
  'FROM web',
  'COPY --from=api /api /api',
  'RUN pack',
);

test('of several stages the first step of each is told, and what stands on them follows', () => {
  const now = build(stages, { ran: [2, 3, 6, 8, 9] });
  const misses = why(build(stages), now, changed('web/a'));
  expect(misses.map(({ step, following }) => [step.line, following.map((each) => each.line)])).toEqual([
    [2, [3, 8, 9]],
    [6, [8, 9]],
  ]);
  expect(misses[0]!.causes).toMatchObject([{ type: 'files', own: true }]);
  expect(misses[1]!.causes).toEqual([{ type: 'gone' }]);
});

test('a copy from a stage goes by what that stage read, also when its steps came from the cache', () => {
  const now = build(stages, { ran: [8, 9] });
  expect(causes(build(stages), now, changed('api/a'))).toMatchObject([
    { type: 'files', own: false, place: { line: 5 } },
  ]);
});

test('the builder’s own word on what a step waited for counts, where a line is not known', () => {
  const now = build(basic, {
    ran: [2, 3],
    steps: { 2: { line: undefined }, 3: { inputs: ['s2'] } },
  });
  const [miss, ...others] = why(build(basic), now);
  expect(others).toEqual([]);
  expect(miss).toMatchObject({ step: { id: 's2' }, causes: [], unknown: ['place'] });
});

test('without the text of a Dockerfile nothing can be compared', () => {
  const [miss] = why(build(basic, { dockerfileText: null }), build(basic, { ran: [2] }));
  expect(miss).toMatchObject({ causes: [], unknown: ['dockerfile'] });
});

test('a stage that was not there before is new', () => {
  const now = build(stages, { ran: [9] });
  expect(causes(build(basic), now)).toMatchObject([
    { type: 'instruction', before: null, after: 'RUN pack', own: true },
  ]);
});

test('several causes are all told, the instruction first', () => {
  const now = build(basic.replace('src /srv/', 'src /opt/'), { ran: [2, 3, 4] });
  expect(causes(build(basic), now, changed('a.txt')).map((cause) => cause.type)).toEqual([
    'instruction',
    'files',
  ]);
});

test('lines that go on, comments within and here-documents are read as the builder does', () => {
  const long = dockerfile(
    'FROM busybox',
    'RUN one && \\',
    '# why',
    '  two',
    'RUN <<END',
    'three',
    'END',
    'RUN four',
  );
  const uncommented = long.replace('# why\n', '');
  const steps = { ran: [8] };
  expect(causes(build(long), build(long, steps))).toEqual([{ type: 'gone' }]);
  expect(causes(build(uncommented), build(long, steps))).toEqual([{ type: 'gone' }]);
  const other = long.replace('three', 'thirteen');
  expect(causes(build(long), build(other, { ran: [5, 8] }))).toMatchObject([
    { type: 'instruction', line: 5, own: true, after: 'RUN <<END\nthirteen\nEND' },
  ]);
});

test('files are compared by name: content, permissions, and where a link leads', () => {
  const file = (path: string, digest: string, mode = 0o644) => ({ path, digest, mode, size: digest.length });
  const before = [file('a', 'x'), file('b', 'xx'), file('c', 'x'), file('d', '-> a')];
  const now = [file('a', 'x'), file('c', 'x', 0o755), file('d', '-> b'), file('e', 'xxx')];
  expect(diffFiles(before, now)).toEqual([
    { path: 'b', how: 'removed', before: 2, after: null, modeOnly: false },
    { path: 'c', how: 'changed', before: 1, after: 1, modeOnly: true },
    { path: 'd', how: 'changed', before: 4, after: 4, modeOnly: false },
    { path: 'e', how: 'added', before: null, after: 3, modeOnly: false },
  ]);
});
