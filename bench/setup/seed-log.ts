import { test } from 'vitest';
import { defaultEngine } from '@/lib/engine/engines';
import { insertBuild, updateBuild } from '@/lib/builds/store';
import { emptyState } from '@/lib/events/state';
import { openRecorder } from '@/lib/operations/recorder';
import { createOperation } from '@/lib/operations/store';
import { buildOptions } from '@/lib/projects/options/schema';
import { millionLines, textOf } from './million';

/** The number of lines that the engine puts into one record for a fast build. */
const linesAtOnce = 60;

// A test only in form: vitest loads the server's modules without the server. The app must be stopped.
test('a build with a log of a million lines, through the recorder', async () => {
  const projectId = process.env.BENCH_PROJECT ?? '';
  const options = buildOptions.parse({});
  const input = { projectId, options, push: false };
  const id = await createOperation(
    { engine: defaultEngine(), kind: 'build', title: 'Build Million #1', input, user: null },
    (tx, id) => insertBuild(tx, { id, projectId, projectName: 'Million', dockerfile: 'Dockerfile', options }),
  );
  await updateBuild(id, { dockerfileText: 'FROM busybox\nRUN make\n', builder: 'buildkit', steps: 1 });
  const recorder = openRecorder(id, emptyState);
  const step = 'make';
  const started = Date.now();
  await recorder.emit({ type: 'step', step, name: '[2/2] RUN make', kind: 'run', line: 2, started });
  for (let line = 1; line <= millionLines; line += linesAtOnce) {
    const count = Math.min(linesAtOnce, millionLines - line + 1);
    const text = Array.from({ length: count }, (_, index) => `${textOf(line + index)}\n`).join('');
    await recorder.emit({ type: 'log', step, stream: 'stdout', text });
  }
  const error = 'exit code: 3';
  await recorder.emit({ type: 'step', step, completed: Date.now(), error });
  await recorder.end({ status: 'failed', result: undefined, errorCode: 'build_failed', errorMessage: error });
});
