import type { BuildOptions } from '@/lib/projects/options/schema';
import type { App, RunningApp } from './app';
import { call } from './pages/server-actions';
import { ask, asBrowser } from './pages/raw-request';

/** An app with a signed-in user. */
export interface SignedIn {
  app: App;
  cookie: string;
}

interface Caller {
  app: RunningApp;
  cookie: string;
}

/** Creates a project by its action; returns its id. */
export async function makeProject(
  { app, cookie }: Caller,
  name: string,
  dockerfile: string,
  options: Partial<BuildOptions> = {},
): Promise<string> {
  const { id } = await call<{ id: string }>(app, cookie, 'createFromTemplate', { template: 'blank', name });
  await call(app, cookie, 'deleteFile', { id, path: 'Dockerfile' });
  await call(app, cookie, 'saveFile', { id, path: 'Dockerfile', text: dockerfile, version: null });
  await call(app, cookie, 'saveOptions', { id, options });
  return id;
}

export async function startBuild({ app, cookie }: Caller, projectId: string): Promise<string> {
  return (await call<{ id: string }>(app, cookie, 'startBuild', { projectId })).id;
}

/** Starts a push by its action; returns its id. */
export async function startPush({ app, cookie }: Caller, image: string, reference: string): Promise<string> {
  return (await call<{ id: string }>(app, cookie, 'startPush', { image, target: { reference } })).id;
}

/** The lines of the downloaded log. */
export async function downloadLines({ app, cookie }: SignedIn, operation: string): Promise<string[]> {
  const { status, text } = await ask(app, `/api/operations/${operation}/raw`, {
    headers: asBrowser(app, cookie),
  });
  if (status !== 200) throw new Error(`The raw log of ${operation}: HTTP ${status}`);
  return text.split('\n').slice(0, -1);
}

/** Makes the test's gates reachable for the commands of a build. */
export const onHost = { networkMode: 'host' } as const;

/** Prints numbered lines until the gate opens; `marker` identifies its process on the host. */
export const chatter = (gate: string, marker: string): string =>
  `FROM busybox
RUN : ${marker}; (wget -qO- ${gate}; touch /opened) & \\
    i=0; while [ ! -e /opened ]; do i=$((i+1)); echo "line $i of ${marker}"; sleep 0.05; done; \\
    echo "the end of ${marker}"
`;
