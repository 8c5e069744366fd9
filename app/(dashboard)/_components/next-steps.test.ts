import { expect, test } from 'vitest';
import type { BuildSummary } from '@/lib/builds/schema';
import type { OperationSummary } from '@/lib/operations/status';
import { chooseNextSteps, type Situation } from './next-steps';

const operation = (id: string, more: Partial<OperationSummary> = {}): OperationSummary => ({
  id,
  kind: 'push',
  href: `/pushes/${id}`,
  status: 'succeeded',
  title: `Push ${id}`,
  engineId: 'default',
  userName: 'admin',
  parentId: null,
  queuedAt: 1,
  startedAt: 1,
  endedAt: 2,
  cancelledAt: null,
  errorCode: null,
  errorMessage: null,
  ...more,
});

const build = (id: string, more: Partial<BuildSummary> = {}): BuildSummary => ({
  ...operation(id, { kind: 'build', href: `/builds/${id}`, title: `Build ${id}` }),
  projectId: id,
  projectName: id,
  number: 3,
  tags: [`${id}:latest`],
  builder: 'buildkit',
  imageId: `sha256:${id}`,
  imageSize: 1,
  steps: 1,
  cachedSteps: 0,
  ...more,
});

const nothing: Situation = {
  projects: [],
  lastBuilds: new Map(),
  pushes: [],
  pushedImages: new Set(),
  registries: [],
};
const titles = (situation: Partial<Situation>, most = 10) =>
  chooseNextSteps({ ...nothing, ...situation }, most).map(({ title, todo }) => `${title}: ${todo}`);

test('what broke comes first, newest first, with the first line of why', () => {
  const failed = { status: 'failed', errorMessage: 'exit code: 3\nand more' } as const;
  const lastBuilds = new Map([
    ['old', build('old', { ...failed, endedAt: 5 })],
    ['new', build('new', { ...failed, endedAt: 9 })],
    ['good', build('good')],
  ]);
  const steps = chooseNextSteps({ ...nothing, lastBuilds }, 10);
  expect(steps.map(({ title }) => title)).toEqual(['new #3', 'old #3', 'good #3']);
  expect(steps[0]).toMatchObject({ status: 'failed', reason: 'exit code: 3', href: '/builds/new' });
});

test('of the pushes to one place only the newest counts', () => {
  const again = operation('2', { title: 'Push a' });
  const before = operation('1', { title: 'Push a', status: 'failed' });
  expect(titles({ pushes: [again, before] })).toEqual([]);
  expect(titles({ pushes: [before, again] })).toEqual(['Push a: View error']);
});

test('a registry counts once it was found not to work', () => {
  const check = (status: 'ok' | 'denied') => ({ status, message: '', hint: '', at: 1 });
  const registries = [
    { id: '1', host: 'never.example', check: null },
    { id: '2', host: 'good.example', check: check('ok') },
    { id: '3', host: 'bad.example', check: check('denied') },
  ];
  expect(titles({ registries })).toEqual(['bad.example: Fix']);
});

test('what is built and nowhere else is offered, and what was never built', () => {
  const lastBuilds = new Map([
    ['here', build('here')],
    ['there', build('there')],
    ['nameless', build('nameless', { tags: [] })],
  ]);
  const projects = ['here', 'there', 'nameless', 'fresh'].map((id) => ({ id, name: id }));
  const pushedImages = new Set(['sha256:there']);
  expect(titles({ projects, lastBuilds, pushedImages })).toEqual(['here #3: Push', 'fresh: Build']);
  expect(titles({ projects, lastBuilds, pushedImages }, 1)).toEqual(['here #3: Push']);
});
