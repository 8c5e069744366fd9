import 'server-only';
import { runBuild } from '@/lib/builders/run-build';
import { digestContext, packFiles } from '@/lib/contexts/digest';
import { openDockerfile } from '@/lib/contexts/read-dockerfile';
import { startComparison } from '@/lib/comparisons/compare-builds';
import { findImage } from '@/lib/engine/images/images';
import { referencesOf } from '@/lib/dockerfiles/bases';
import { readPlan } from '@/lib/dockerfiles/stages';
import { engineFacts } from '@/lib/engine/system/status';
import { mayBeCached } from '@/lib/events/cache-share';
import type { OperationEvent, StepKind } from '@/lib/events/events';
import { startPush } from '@/lib/images/push';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { openProjectContext } from '@/lib/projects/context';
import { projectDirectory } from '@/lib/projects/files';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { Project } from '@/lib/projects/schema';
import { openSecrets } from '@/lib/projects/secrets';
import { getProject } from '@/lib/projects/store';
import { beginReading } from '@/lib/projects/turns';
import type { ImageId } from '@/lib/ids';
import { namedDigest } from './base-digests';
import { resolveBases } from './bases';
import { givenOf } from './given';
import { shortestMasked } from './mask';
import { maskSecrets } from './mask-events';
import { requireHostAccess } from './host-access';
import { recoverBuild } from './recover';
import { buildRequest, chooseBuilder, ignoredOptions } from './request';
import { buildHref } from './href';
import { buildInput, type BuildInput, buildResult } from './schema';
import { updateBuild } from './store';

/** Kinds of steps that begin when the files have been sent. */
const working: ReadonlySet<StepKind> = new Set(['run', 'copy', 'export']);

/** Counts the steps as they pass, and notes which bases the build stands on. */
function annotate() {
  const seen = new Map<string, { cached: boolean; kind: StepKind }>();
  const baseDigests = new Map<string, string>();
  const transfers = new Set<string>();
  let isWorking = false;
  let setSent = () => {};
  const sent = new Promise<void>((resolve) => (setSent = resolve));
  return {
    /** Resolves when the engine has what it needs of the files: it works and none is on the way, or nothing more comes. */
    sent,
    /** What the builder told of the bases. */
    baseDigests,
    async *lines<R>(work: AsyncGenerator<OperationEvent, R, void>): AsyncGenerator<OperationEvent, R, void> {
      try {
        for (;;) {
          const next = await work.next();
          if (next.done) return next.value;
          const event = next.value;
          if (event.type !== 'step') {
            yield event;
            continue;
          }
          const before = seen.get(event.step);
          const kind = before?.kind ?? event.kind ?? 'internal';
          seen.set(event.step, { cached: event.cached ?? before?.cached ?? false, kind });
          if (kind === 'transfer' && event.completed) transfers.delete(event.step);
          else if (kind === 'transfer' && event.started) transfers.add(event.step);
          // A stage that needs no files may work while others still wait for theirs.
          isWorking ||= working.has(kind) && Boolean(event.started);
          if (isWorking && transfers.size === 0) setSent();
          const base = event.name && event.kind === 'base' ? namedDigest(event.name) : null;
          if (base) baseDigests.set(base.image, base.digest);
          yield event;
        }
      } finally {
        setSent();
        await work.return(undefined as R); // a reader who leaves ends the work
      }
    },
    figures() {
      const counted = [...seen.values()].filter((step) => mayBeCached(step.kind));
      return { steps: counted.length, cachedSteps: counted.filter((step) => step.cached).length };
    },
  };
}

const tooShortToMask = (name: string): OperationEvent => ({
  type: 'warning',
  short: `The secret “${name}” is shorter than ${shortestMasked} bytes, so it is not masked in the log.`,
});

async function pushAll(
  options: BuildOptions,
  imageId: ImageId,
  { id, user, engine }: OperationContext,
): Promise<string[]> {
  const pushes: string[] = [];
  for (const target of options.pushTargets)
    pushes.push(await startPush(engine, { image: imageId, target }, user, id));
  return pushes;
}

async function run(context: OperationContext<BuildInput>) {
  const project = await getProject(context.input.projectId);
  const endReading = await beginReading(projectDirectory(project));
  try {
    return await build(context, project, endReading);
  } finally {
    endReading();
  }
}

async function build(context: OperationContext<BuildInput>, project: Project, endReading: () => void) {
  const { id, signal, input } = context;
  const { projectId, options, push } = input;
  const facts = await engineFacts(context.engine);
  const builder = chooseBuilder(options.builder, facts);
  const { product, version, apiVersion, os, arch, store } = facts;
  const buildContext = await openProjectContext(project, options.dockerfile);
  const dockerfile = await openDockerfile(buildContext.root, options.dockerfile);
  const text = dockerfile.bytes.toString('utf8');
  const noted = updateBuild(id, {
    dockerfileText: text,
    builder,
    engine: JSON.stringify({ product, version, apiVersion, os, arch, store }),
  });
  noted.catch(() => undefined); // awaited below: the build need not wait for it
  await requireHostAccess(options, text, input);

  for (const short of ignoredOptions(options, builder, facts)) await context.emit({ type: 'warning', short });

  const secrets = await openSecrets(
    project.id,
    options.secrets.map((secret) => secret.id),
  );
  for (const [name, value] of Object.entries(secrets))
    if (value.length < shortestMasked) await context.emit(tooShortToMask(name));

  const steps = annotate();
  // When the engine has the files and works on them: before, it waits for nothing but them.
  const digesting = steps.sent.then(() => digestContext(buildContext, signal)).finally(endReading);
  digesting.catch(() => undefined); // awaited below, unless the build fails first
  const request = buildRequest({ id, builder, context: buildContext, dockerfile, options, secrets });
  try {
    const work = maskSecrets(runBuild(context.engine, request, signal), Object.values(secrets));
    const { imageId } = await context.pipe(steps.lines(work));
    const image = await findImage(context.engine, imageId);
    await updateBuild(id, { imageId, imageSize: image?.size });
    const pushes = push ? await pushAll(options, imageId, context) : [];
    await startComparison(
      context.engine,
      { projectId, projectName: project.name, buildId: id, builtId: imageId },
      context.user,
    );
    return { imageId, pushes };
  } finally {
    await noted;
    const [digest, bases] = await Promise.all([
      digesting.catch(() => undefined), // the files went away under it: the build's own error says so
      resolveBases(
        context.engine,
        referencesOf(readPlan(text, givenOf(options, facts, builder))),
        steps.baseDigests,
      ).catch(() => []),
    ]);
    await updateBuild(id, {
      ...steps.figures(),
      bases: JSON.stringify(bases),
      ...(digest && {
        contextDigest: digest.digest,
        contextBytes: digest.bytes,
        contextCount: digest.count,
        contextFiles: packFiles(digest.files),
      }),
    });
  }
}

export const buildOperation = defineOperation({
  kind: 'build',
  read: 'build:read',
  cancel: 'build:cancel',
  lane: 'build',
  input: buildInput,
  result: buildResult,
  href: buildHref,
  ready: isEngineThere,
  run,
  recover: recoverBuild,
});
