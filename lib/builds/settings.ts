import 'server-only';
import { env } from '@/lib/env';
import { setLimit } from '@/lib/operations/runner';
import { type BuildSettings, buildSettings } from './schema';
import { readSetting, writeSetting } from './store';

const key = 'builds';

export async function readBuildSettings(): Promise<BuildSettings> {
  const stored = await readSetting(key);
  const defaults: BuildSettings = {
    concurrent: env().concurrentBuilds,
    keepPerProject: 0,
    keepDays: 0,
    frontends: ['docker/dockerfile'],
  };
  return buildSettings.parse({ ...defaults, ...stored });
}

/** Makes the stored settings those of the runner; called at start-up and after each change. */
export async function applyBuildSettings(): Promise<void> {
  setLimit('build', (await readBuildSettings()).concurrent);
}

export async function changeBuildSettings(settings: BuildSettings): Promise<void> {
  await writeSetting(key, settings);
  await applyBuildSettings();
}
