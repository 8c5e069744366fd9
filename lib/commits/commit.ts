import 'server-only';
import { commitContainer } from '@/lib/engine/containers/commit';
import { containerChanges } from '@/lib/engine/containers/files';
import type { CommitSource } from '@/lib/engine/containers/types';
import type { Engine } from '@/lib/engine/engine';
import { findImage, imageRunConfig } from '@/lib/engine/images/images';
import { AppError } from '@/lib/errors';
import { formatCount } from '@/lib/format/text';
import { startPush } from '@/lib/images/push';
import { defineOperation } from '@/lib/operations/define';
import { isEngineThere } from '@/lib/engine/system/watch';
import type { OperationContext } from '@/lib/operations/kinds';
import { familiarReference, parseReference } from '@/lib/references/reference';
import type { Actor, ImageId } from '@/lib/ids';
import { commitLayer } from './layer';
import { type CommitPlan, planCommit } from './plan';
import { recoverCommit } from './recover';
import { findSource } from './review';
import { commitHref } from './href';
import { type CommitInput, commitInput, commitResult } from './schema';
import { insertCommit, updateCommit } from './store';

const tagOf = (reference: string | null): string | null => {
  const parsed = reference === null ? null : parseReference(reference);
  return parsed?.ok ? familiarReference(parsed.reference) : null;
};

/** Queues a commit; returns the operation's id. */
export async function startCommit(engine: Engine, input: CommitInput, user: Actor): Promise<string> {
  if (input.push && input.reference === null)
    throw new AppError('invalid_input', undefined, { fields: { reference: 'A push needs a reference.' } });
  const source = await findSource(engine, input.containerId);
  const name = tagOf(input.reference);
  const title = `Commit ${source.name}${name ? ` as ${name}` : ''}`;
  return commitOperation.start({ engine, title, input, user }, (tx, id) =>
    insertCommit(tx, {
      id,
      containerId: source.id,
      containerName: source.name,
      reference: name,
      baseName: source.imageName,
      message: input.message,
      author: input.author,
      changes: input.changes,
    }),
  );
}

/** Null if the base image was removed. */
async function baseConfig(engine: Engine, source: CommitSource) {
  const image = await findImage(engine, source.imageId);
  return image && imageRunConfig(engine, image.id);
}

async function plan(
  context: OperationContext,
  input: CommitInput,
  source: CommitSource,
): Promise<CommitPlan & { changes: Awaited<ReturnType<typeof containerChanges>>; baseUser: string }> {
  return context.step(
    'Read changes',
    async (step) => {
      const say = (text: string) => context.emit({ type: 'log', step, stream: 'stdout', text: `${text}\n` });
      const [changes, base] = await Promise.all([
        containerChanges(context.engine, source.id, context.signal),
        baseConfig(context.engine, source),
      ]);
      const planned = planCommit(changes, source.config, base, input);
      await updateCommit(context.id, {
        baseId: base ? source.imageId : null,
        way: planned.way,
        leftOut: planned.leftOut,
        kept: planned.kept,
      });
      await say(`${formatCount(changes.length, 'path')} changed, ${planned.leftOut} excluded.`);
      if (!base && planned.leftOut > 0)
        throw new AppError('conflict', 'The base image is missing, so no paths can be excluded.', {
          hint: 'Commit without exclusions, or pull or load the base image.',
        });
      if (!base)
        await context.emit({
          type: 'warning',
          step,
          short:
            'The base image is missing: command, entry point and environment are those of the container.',
        });
      await say(
        planned.way === 'engine'
          ? 'Standard docker commit of all changes.'
          : `One clean layer on ${source.imageName}, because ${planned.reasons.join('; ')}.`,
      );
      return { ...planned, changes, baseUser: base?.User ?? '' };
    },
    { kind: 'config' },
  );
}

async function verify(
  context: OperationContext,
  imageId: ImageId,
  reference: string | null,
): Promise<string> {
  return context.step(
    'Verify the image',
    async (step) => {
      const image = await findImage(context.engine, imageId);
      const name = tagOf(reference);
      if (!image)
        throw new AppError('engine_rejected', `The engine reported image ${imageId}, but cannot find it.`);
      if (name && !image.tags.includes(name))
        throw new AppError('conflict', `The image was created, but another image has taken the tag ${name}.`);
      await context.emit({ type: 'log', step, stream: 'stdout', text: `${image.id}\n` });
      return image.id;
    },
    { kind: 'config' },
  );
}

async function run(context: OperationContext<CommitInput>) {
  const { input } = context;
  const source = await findSource(context.engine, input.containerId);
  const planned = await plan(context, input, source);
  const hold = input.pause && source.running && !source.paused;
  const made =
    planned.way === 'engine'
      ? await context.step(
          'Commit',
          () =>
            commitContainer(
              context.engine,
              { ...input, container: source.id, config: planned.config },
              context.signal,
            ),
          { kind: 'export' },
        )
      : await commitLayer(context, input, planned, planned.changes, {
          baseId: source.imageId,
          hold,
          baseUser: planned.baseUser,
        });
  const imageId = await verify(context, made, input.reference);
  await updateCommit(context.id, { imageId });
  const pushes = input.push
    ? [await startPush(context.engine, { image: imageId, target: input.push }, context.user, context.id)]
    : [];
  return { imageId, pushes };
}

export const commitOperation = defineOperation({
  kind: 'commit',
  read: 'image:read',
  lane: 'transfer',
  input: commitInput,
  result: commitResult,
  href: commitHref,
  ready: isEngineThere,
  run,
  recover: recoverCommit,
});
