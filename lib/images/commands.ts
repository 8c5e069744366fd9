import 'server-only';
import { z } from 'zod';
import { download } from '@/lib/commands/bytes';
import { command, query } from '@/lib/commands/command';
import { defaultEngine } from '@/lib/engine/engines';
import { currentEngine } from '@/lib/engine/system/watch';
import { startedOperation } from '@/lib/operations/schema';
import { startImport as beginImport } from './archives/import';
import { startLoad as beginLoad } from './archives/load';
import { openSave } from './archives/save';
import { importInput, loadInput, saveInput } from './archives/schema';
import { listImagePage } from './list';
import { startPull as beginPull } from './pull/pull';
import { pullInput } from './pull/schema';
import { startPush as beginPush } from './push';
import { getPushOptions } from './push-options';
import { previewRemoval as planRemoval } from './removal/plan';
import { startRemoval as beginRemoval } from './removal/remove';
import { removalPlan, removalRequest } from './removal/schema';
import { dropImage } from './remove';
import { imageFilter, imageId, pushOptions, startPushInput, tagReference } from './schema';
import { addTag as add } from './tag';
import { removeTag as untag } from './untag';

export const searchImages = query({
  name: 'image.search',
  permission: 'image:read',
  input: z.object({ q: z.string(), limit: z.number().int() }),
  output: z.array(z.object({ id: z.string(), label: z.string(), reference: z.string().optional() })),
  run: async ({ q, limit }) => {
    if ((await currentEngine(defaultEngine())).state !== 'ready') return []; // everything else can still be found
    const { rows } = await listImagePage(defaultEngine(), imageFilter.parse({ q, limit }));
    return rows.map(({ id, tags }) => ({ id, label: tags[0] ?? id.slice(7, 19), reference: tags[0] }));
  },
});

export const startPush = command({
  name: 'push.start',
  permission: 'push:start',
  input: startPushInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginPush(defaultEngine(), input, user) }),
});

/** What the push dialog offers. */
export const loadPushOptions = query({
  name: 'push.options',
  permission: 'push:start',
  input: z.object({ image: z.string().min(1).max(1024) }),
  output: pushOptions,
  run: ({ image }) => getPushOptions(defaultEngine(), image),
});

export const addTag = command({
  name: 'image.tag',
  permission: 'image:tag',
  input: z.object({ id: imageId, reference: tagReference, move: z.boolean().default(false) }),
  output: z.object({ name: z.string() }),
  run: async ({ id, reference, move }) => ({ name: await add(defaultEngine(), id, reference, { move }) }),
});

export const removeTag = command({
  name: 'image.untag',
  permission: 'image:tag',
  also: ({ withImage }) => (withImage ? ['image:remove'] : []),
  input: z.object({ id: imageId, tag: z.string().min(1).max(1024), withImage: z.boolean().default(false) }),
  output: z.object({ imageRemoved: z.boolean() }),
  run: ({ id, tag, withImage }) => untag(defaultEngine(), id, tag, { withImage }),
});

export const removeImage = command({
  name: 'image.remove',
  permission: 'image:remove',
  onFullDisk: 'reserve',
  input: z.object({ id: imageId, force: z.boolean().default(false) }),
  output: z.object({ untagged: z.array(z.string()), deleted: z.number() }),
  run: async ({ id, force }) => {
    const { untagged, deleted } = await dropImage(defaultEngine(), id, { force });
    return { untagged, deleted: deleted.length };
  },
});

/** What a removal would take and what would stay. */
export const previewRemoval = query({
  name: 'image.preview-removal',
  permission: 'image:remove',
  input: removalRequest,
  output: removalPlan,
  run: (input) => planRemoval(defaultEngine(), input),
});

export const startRemoval = command({
  name: 'image.start-removal',
  permission: 'image:remove',
  onFullDisk: 'reserve',
  input: removalRequest,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginRemoval(defaultEngine(), input, user) }),
});

export const startPull = command({
  name: 'image.pull',
  permission: 'image:pull',
  input: pullInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginPull(defaultEngine(), input, user) }),
});

export const startImport = command({
  name: 'image.import',
  permission: 'image:load',
  input: importInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginImport(defaultEngine(), input, user) }),
});

export const startLoad = command({
  name: 'image.load',
  permission: 'image:load',
  input: loadInput,
  output: startedOperation,
  run: async (input, { user }) => ({ id: await beginLoad(defaultEngine(), input, user) }),
});

/** Images as one archive that `docker load` reads. */
export const saveImages = query({
  name: 'image.save',
  permission: 'image:save',
  input: z.object({ images: saveInput }),
  output: download,
  run: async ({ images }, { signal }) => {
    const { stream, name } = await openSave(defaultEngine(), images, signal);
    return { name, type: 'application/x-tar', body: stream };
  },
});
