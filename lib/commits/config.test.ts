import { describe, expect, test } from 'vitest';
import type { RunConfig } from '@/lib/engine/wire/fields';
import { changedConfig, takenFromContainer } from './config';
import { commitChanges, noChanges, startCommitInput } from './schema';

const base: RunConfig = {
  User: '',
  WorkingDir: '/srv',
  Env: ['PATH=/bin', 'LANG=C'],
  Cmd: ['httpd'],
  Entrypoint: [],
  ExposedPorts: ['80/tcp'],
  Volumes: [],
  Labels: { a: '1' },
  OnBuild: ['RUN old'],
  StopSignal: 'SIGTERM',
  Shell: [],
};

describe('the configuration of a commit', () => {
  test('without changes it is that of the base image, whatever the container runs', () => {
    expect(changedConfig(base, noChanges)).toEqual({ ...base, OnBuild: [] });
  });

  test('each instruction changes its own part', () => {
    const changes = commitChanges.parse({
      command: '["nginx","-g","daemon off;"]',
      environment: [
        { name: 'LANG', value: 'de=AT' },
        { name: 'NEW', value: '' },
      ],
      ports: ['443', '8000-8002/udp'],
      labels: [{ name: 'b', value: 'two' }],
      triggers: ['RUN make'],
      user: 'www:www',
      volumes: ['/data'],
      workingDirectory: '/opt',
    });
    expect(changedConfig(base, changes)).toEqual({
      ...base,
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: ['PATH=/bin', 'LANG=de=AT', 'NEW='],
      ExposedPorts: ['80/tcp', '443/tcp', '8000/udp', '8001/udp', '8002/udp'],
      Labels: { a: '1', b: 'two' },
      OnBuild: ['RUN make'],
      User: 'www:www',
      Volumes: ['/data'],
      WorkingDir: '/opt',
    });
  });

  test('a new entry point takes the old command with it, and text is for the shell', () => {
    const changed = changedConfig(base, { ...noChanges, entrypoint: 'exec httpd' });
    expect(changed).toMatchObject({ Entrypoint: ['/bin/sh', '-c', 'exec httpd'], Cmd: [] });
  });
});

describe('what a plain commit would take over', () => {
  test('nothing, where the container was started as its image says', () => {
    expect(takenFromContainer({ ...base, Cmd: ['bash'] }, base)).toEqual([]);
  });

  test('the command, where the image has none', () => {
    const none = { ...base, Cmd: [] };
    expect(takenFromContainer({ ...none, Cmd: ['bash', '-l'] }, none)).toEqual([
      { what: 'command', text: 'command “bash -l”' },
    ]);
    const withEntrypoint = { ...none, Entrypoint: ['httpd'] };
    expect(takenFromContainer({ ...none, Cmd: ['bash'] }, withEntrypoint)).toEqual([]);
  });

  test('environment, labels, ports and volumes beyond those that are wanted', () => {
    const container = {
      ...base,
      Env: [...base.Env, 'TOKEN=x'],
      Labels: { a: '1', who: 'me' },
      ExposedPorts: ['80/tcp', '81/tcp'],
      Volumes: ['/v'],
    };
    expect(takenFromContainer(container, base).map(({ text }) => text)).toEqual([
      'environment: “TOKEN”',
      'labels: “who”',
      'ports: “81/tcp”',
      'volumes: “/v”',
    ]);
  });
});

describe('bad input names its field', () => {
  const good = { containerId: 'a'.repeat(64), reference: 'rhel7-httpd', changes: {}, leaveOut: {} };
  const problems = (change: object) => {
    const parsed = startCommitInput.safeParse({ ...good, ...change });
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
  };

  test('what is right passes', () => {
    expect(startCommitInput.parse(good)).toMatchObject({ reference: 'docker.io/library/rhel7-httpd:latest' });
    expect(startCommitInput.parse({ ...good, reference: '' }).reference).toBeNull();
  });

  test.each([
    [{ reference: 'UPPER' }, 'reference'],
    [{ reference: `a@sha256:${'0'.repeat(64)}` }, 'reference'],
    [{ author: 'a\nb' }, 'author'],
    [{ message: 'x'.repeat(5000) }, 'message'],
    [{ changes: { command: '["unclosed' } }, 'changes.command'],
    [{ changes: { command: '[1]' } }, 'changes.command'],
    [{ changes: { command: 'a\nRUN b' } }, 'changes.command'],
    [{ changes: { ports: ['80', '70000'] } }, 'changes.ports.1'],
    [{ changes: { ports: ['90-80'] } }, 'changes.ports.0'],
    [{ changes: { environment: [{ name: '1A', value: '' }] } }, 'changes.environment.0.name'],
    [{ changes: { labels: [{ name: 'a b', value: '' }] } }, 'changes.labels.0.name'],
    [{ changes: { triggers: ['FROM x'] } }, 'changes.triggers.0'],
    [{ changes: { triggers: ['ONBUILD RUN x'] } }, 'changes.triggers.0'],
    [{ changes: { user: 'a b' } }, 'changes.user'],
    [{ changes: { volumes: ['data'] } }, 'changes.volumes.0'],
    [{ changes: { workingDirectory: 'srv' } }, 'changes.workingDirectory'],
    [{ containerId: '../x' }, 'containerId'],
  ])('%j: %s', (change, field) => {
    expect(problems(change)).toContain(field);
  });
});
