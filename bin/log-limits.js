// @ts-check
/** How much of a step's output the BuildKit of a private engine passes on; of its own accord 2 MiB, and 200 KiB/s. */
import { capture } from './run.js';

/** Bytes. Not -1, which cuts everything on 20.10 (`maxSize < oldSize` holds from the first byte): the largest number that it parses. */
const unlimited = 2 ** 31 - 1;

/**
 * Bytes for each step and stream. Before Docker 23, BuildKit sends empty traces for ever once it has gathered more than
 * 1 MiB of output to pass on, which a burst of some megabytes does on a busy machine. Measured on 20.10.24 with 2 cores
 * at a load of 10 to 15, steps that print 6.9 MB on one stream or both: 1 of 10 builds hung without limits, 0 of 30 with
 * these, and 0 of 5 with four such steps at once.
 */
const careful = 4 * 1024 * 1024;

/** @param {string} version what `dockerd --version` prints @returns {Record<string, string>} */
export function logLimitsOf(version) {
  const major = Number(/version (\d+)\./.exec(version)?.[1] ?? 0);
  const limit = String(major >= 23 ? unlimited : careful);
  // The limit of speed is for each second begun: nothing that the one of size would not do.
  return { BUILDKIT_STEP_LOG_MAX_SIZE: limit, BUILDKIT_STEP_LOG_MAX_SPEED: limit };
}

/** Environment of the engine that is installed. */
export const logLimits = async () => logLimitsOf((await capture('dockerd', ['--version'])).stdout);
