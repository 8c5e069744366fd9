import 'server-only';
import type { Engine } from '@/lib/engine/engine';
import { listImageUsers, listParents } from '@/lib/engine/images/images';
import type { ImageContainer, ImageSummary } from '@/lib/engine/images/types';
import { capabilitiesOf } from '@/lib/engine/capabilities';
import { engineFacts } from '@/lib/engine/system/status';
import { roomOf } from '@/lib/images/ancestry/shares';
import { anatomyOf } from '@/lib/images/anatomy';
import { readImages } from '@/lib/images/read-images';
import { requireEngine } from '@/lib/operations/require-engine';
import { formatCount, shortDigest } from '@/lib/format/text';
import type { PlannedRemoval, RemovalPlan, RemovalRequest, Room } from './schema';

const isRunning = ({ state }: ImageContainer) => ['running', 'paused', 'restarting'].includes(state);
const namesOf = (users: readonly ImageContainer[]) => users.map(({ name }) => name).join(', ');

/** Why the containers made from an image keep it; null where they do not. */
function heldBy(users: readonly ImageContainer[], withStopped: boolean): string | null {
  const running = users.filter(isRunning);
  if (running.length > 0)
    return `In use by ${formatCount(running.length, 'running container')}: ${namesOf(running)}.`;
  if (users.length > 0 && !withStopped)
    return `${formatCount(users.length, 'stopped container was', 'stopped containers were')} made from it: ${namesOf(users)}.`;
  return null;
}

/** For each image that others name as their parent (of the classic builder, or of a commit): which of the listed ones. */
function listedAbove(
  images: readonly ImageSummary[],
  parents: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const above = new Map<string, string[]>();
  for (const { id } of images) {
    const seen = new Set([id]);
    for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
      above.set(at, [...(above.get(at) ?? []), id]);
      seen.add(at);
    }
  }
  return above;
}

interface State {
  images: readonly ImageSummary[];
  users: ReadonlyMap<string, ImageContainer[]>;
  parents: ReadonlyMap<string, string>;
}

const displayName = ({ id, tags }: ImageSummary) => tags[0] ?? shortDigest(id);

/** Parents by child, where the engine keeps them for their children. */
async function listHeldParents(engine: Engine): Promise<Map<string, string>> {
  const { parentsStay } = capabilitiesOf(await engineFacts(engine));
  return parentsStay ? listParents(engine) : new Map();
}

/** What would go and what would stay, and why, without asking anybody. */
export function planRemoval(
  { images, users, parents }: State,
  ids: readonly string[],
  withStopped: boolean,
): PlannedRemoval[] {
  const chosen = images.filter(({ id }) => ids.includes(id));
  const refusals = new Map(chosen.map(({ id }) => [id, heldBy(users.get(id) ?? [], withStopped)]));
  const above = listedAbove(images, parents);
  const stays = (id: string) => refusals.get(id) !== null; // also what was not chosen
  // From the top down: an image stays where one that stays was built on it.
  for (let changed = true; changed;) {
    changed = false;
    for (const { id } of chosen) {
      const holding = stays(id) ? [] : (above.get(id) ?? []).filter(stays);
      if (holding.length === 0) continue;
      const names = images.filter((image) => holding.includes(image.id)).map(displayName);
      const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
      refusals.set(id, `The engine keeps what these were made from: ${names.slice(0, 3).join(', ')}${more}.`);
      changed = true;
    }
  }
  return chosen.map(({ id, tags, digests, created, size }) => ({
    id,
    tags,
    digests,
    created,
    size,
    refusal: refusals.get(id) ?? null,
    stopped: (users.get(id) ?? []).filter((user) => !isRunning(user)).map(({ name }) => name),
  }));
}

/** What only these images have, by the layers of all. */
export async function roomOfImages(
  engine: Engine,
  going: readonly string[],
  images: readonly ImageSummary[],
): Promise<Room> {
  if (going.length === 0) return { bytes: 0, isLeast: false };
  const anatomies = await anatomyOf(
    engine,
    images.map(({ id }) => id),
    { ask: true },
  );
  const layered = [...anatomies].map(([id, anatomy]) => ({ id, ...anatomy }));
  const room = roomOf(new Set(going), layered);
  const { keepsCompressedLayers } = capabilitiesOf(await engineFacts(engine));
  return keepsCompressedLayers ? { ...room, isLeast: true } : room;
}

/** What a removal of these images would do now: each of them, and the room that it wins. */
export async function previewRemoval(
  engine: Engine,
  { ids, withStopped }: RemovalRequest,
): Promise<RemovalPlan> {
  await requireEngine(engine);
  const [{ images }, users, parents] = await Promise.all([
    readImages(engine),
    listImageUsers(engine),
    listHeldParents(engine),
  ]);
  const state = { images, users, parents };
  const planned = planRemoval(state, ids, withStopped);
  const going = planned.filter(({ refusal }) => refusal === null).map(({ id }) => id);
  const all = withStopped ? planned : planRemoval(state, ids, true);
  return {
    images: planned,
    room: await roomOfImages(engine, going, images),
    heldByStopped: all.filter(({ refusal }) => refusal === null).length - going.length,
  };
}
