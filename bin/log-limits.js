// @ts-check
/**
 * Limits on the output of a step that the BuildKit of a private engine forwards; its defaults are 2 MiB, and 200
 * KiB/s.
 */
import { capture } from './run.js';

/**
 * The largest number that BuildKit parses. -1 drops all output on 20.10 (`maxSize < oldSize` is true from the first
 * byte).
 */
const unlimitedBytes = 2 ** 31 - 1;

/**
 * For each step and stream. Before Docker 23, BuildKit sends empty traces forever once it has buffered more than 1
 * MiB of output at once, which a burst causes on a busy machine.
 */
const safeBytes = 1_350_000;

/** @param {string} version what `dockerd --version` prints @returns {Record<string, string>} */
export function logLimitsOf(version) {
  const major = Number(/version (\d+)\./.exec(version)?.[1] ?? 0);
  const limit = String(major >= 23 ? unlimitedBytes : safeBytes);
  // The speed limit counts per second; with the same value it never applies before the size limit.
  return { BUILDKIT_STEP_LOG_MAX_SIZE: limit, BUILDKIT_STEP_LOG_MAX_SPEED: limit };
}

/** Environment for the engine that is found with this one. @param {Record<string, string>} env */
export const logLimits = async (env) =>
  logLimitsOf((await capture('dockerd', ['--version'], { env })).stdout);
