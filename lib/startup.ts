import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchPeers } from '@/lib/auth/peer';
import { announceSetup } from '@/lib/auth/setup';
import { expireBuilds } from '@/lib/builds/retention';
import { applyBuildSettings } from '@/lib/builds/settings';
import { backUpIfDue } from '@/lib/db/backup';
import { processClock } from '@/lib/clock';
import { db } from '@/lib/db/client';
import { markRunning, markStopped, prepareDatabase } from '@/lib/db/prepare';
import { defaultEngine } from '@/lib/engine/engines';
import { messageOf } from '@/lib/errors';
import { continueIds } from '@/lib/ids';
import { warmLayers } from '@/lib/images/ancestry/warm';
import { followImages } from '@/lib/images/watch';
import { watchEngine } from '@/lib/engine/system/watch';
import { newestId } from '@/lib/operations/store';
import { followEngine } from '@/lib/operations/watch';
import { recoverOperations } from '@/lib/operations/recover';
import { watchDataDisk } from '@/lib/operations/storage';
import { lookForWork, stopRunner } from '@/lib/operations/runner';
import { endStreams } from '@/lib/operations/event-stream';
import { sweepSources } from '@/lib/projects/git/store';
import { settleProjects } from '@/lib/projects/settle';
import { sweepUploads } from '@/lib/uploads/sweep';
import { checkLocalRegistry, ensureLocalRegistry } from '@/lib/registries/local';
import { remember } from '@/lib/remember';
import { recoverWorkbenches } from '@/lib/workbenches/recover';

// Each declares a kind of operation (defineOperation) on import: the runner, the recovery and the lists need all of
// them.
import '@/lib/builds/run';
import '@/lib/commits/commit';
import '@/lib/comparisons/compare-builds';
import '@/lib/disk/prune';
import '@/lib/images/archives/import';
import '@/lib/images/archives/load';
import '@/lib/images/pull/pull';
import '@/lib/images/push';
import '@/lib/images/removal/remove';
import '@/lib/projects/git/fetch-operation';
import '@/lib/projects/unpack-operation';
import '@/lib/recipes/create';
import '@/lib/workbenches/terminal';

const hourMs = 60 * 60 * 1000;
const soonMs = 60 * 1000;

/** Runs housekeeping at intervals; a failure is logged and retried at the next interval. `soon`: also after the start. */
function every(ms: number, name: string, work: () => unknown, { soon = false } = {}) {
  const run = async () => {
    try {
      await work();
    } catch (error) {
      console.error(`${name} failed: ${messageOf(error)}`);
    }
  };
  setInterval(() => void run(), ms).unref();
  if (soon) setTimeout(() => void run(), soonMs).unref();
}

/** NEXT_MANUAL_SIG_HANDLE (set by bin/start) leaves the shutdown order to us: streams, work, process. */
function endInOrder() {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    endStreams();
    void stopRunner()
      .then(() => db().$disconnect())
      .then(markStopped)
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** A full disk does not hold up the start: pages then say what is wrong, and the recovery goes on when there is room. */
async function recoverHistory() {
  const recovery = recoverOperations().then((interrupted) => {
    if (interrupted) console.log(`History: ${interrupted} interrupted by the last stop`);
    return true;
  });
  if (await Promise.race([recovery, sleep(5000, false)])) return;
  console.error('History: not recovered yet; waiting until the database can be written');
  recovery.catch((error: unknown) => console.error(`History: not recovered: ${messageOf(error)}`));
}

async function begin() {
  processClock();
  watchPeers();
  const { created, applied, notice } = prepareDatabase();
  if (notice) console.error(`Database: ${notice}`);
  if (created) console.log('Database: created');
  else if (applied.length) console.log(`Database: backed up and upgraded (${applied.join(', ')})`);

  continueIds(await newestId());
  const restored = await settleProjects();
  if (restored) console.log(`Projects: the files of ${restored} restored after the last stop`);
  await recoverHistory();
  markRunning();
  await applyBuildSettings();
  await ensureLocalRegistry();
  await sweepUploads();
  await announceSetup();

  const engine = defaultEngine();
  followEngine(engine);
  followImages(engine);
  await watchEngine(engine);
  void recoverWorkbenches();
  watchDataDisk();
  lookForWork();
  void checkLocalRegistry(engine);
  warmLayers(engine).catch((error: unknown) =>
    console.error(`Images could not be read: ${messageOf(error)}`),
  );
  every(hourMs, 'Removing abandoned uploads', sweepUploads);
  every(hourMs, 'Removing unused repository clones', () => sweepSources());
  every(hourMs, 'Removing expired history', () => expireBuilds());
  every(hourMs, 'The nightly backup', () => backUpIfDue(), { soon: true });
  endInOrder();
}

/** Runs before the first request. Exits the process if the server cannot run. */
export const startUp = (): Promise<void> =>
  remember('startup', () =>
    begin().catch((error: unknown) => {
      console.error(`Layerwright cannot start: ${messageOf(error)}`);
      process.exit(1);
    }),
  );
