import { AppError, asAppError } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';
import { sentence, storageError } from '@/lib/engine/wire/errors';
import { parseName } from '@/lib/engine/wire/names';
import { registryError } from '@/lib/engine/images/registry-errors';
import { parseStepName } from '@/lib/dockerfiles/step-names';
import type { EngineLoginFor } from '@/lib/registry/access';

/** What engines put before the words that matter. */
const wrappings =
  /^(?:failed to solve(?: with frontend [\w.]+)?: |failed to create LLB definition: |rpc error: code = \w+ desc = |failed to compute cache key: |failed to calculate checksum of ref [^:]+::[^:]+: |failed to load cache key: |failed to build LLB: |frontend grpc server closed unexpectedly: |building at STEP ".*?": )+/s;

/** Podman shows its own data behind its words. */
const podmanDump = / &imagebuilder\.Step\{.*$/s;

/** BuildKit, the classic builder, Podman. */
const ended = (code: string) =>
  new RegExp(`(?:exit code: |returned a non-zero code: |while running runtime: exit status )(${code})\\b`);

/** What a shell or the kernel means by the code, where it is a convention. */
const meanings: Record<string, string> = {
  126: 'the file is not executable',
  127: 'command not found',
  137: 'killed, possibly out of memory',
  139: 'segmentation fault',
  143: 'terminated',
};

const stepRules: ErrorRule[] = [
  {
    pattern: /\bsecret ([\w.-]+): not found/,
    code: 'build_failed',
    message: 'The secret "$1" is not chosen for this build: choose it in the build options.',
  },
  ...Object.entries(meanings).map(([code, meaning]): ErrorRule => ({
    pattern: ended(code),
    code: 'build_failed',
    message: `Exited with code $1: ${meaning}.`,
  })),
  { pattern: ended('\\d+'), code: 'build_failed', message: 'Exited with code $1.' },
  {
    // BuildKit, the classic builder, Podman.
    pattern:
      /"([^"]+)"(?: not found)?: not found|(?:COPY|ADD) failed: .*\bstat ([^:]+): (?:file does not exist|no such file)|copier: stat: "([^"]+)": no such file/,
    code: 'build_failed',
    message: '"$1$2$3" is not in the build context; it may be excluded by .dockerignore.',
  },
];

/** One sentence for the error of a step; the texts are those of 20.10 to 28, BuildKit and classic. */
export function explainStepError(words: string): string {
  const text = words.trim().replace(wrappings, '').replace(podmanDump, '');
  return matchRule(stepRules, text)?.message ?? sentence(text);
}

/** The image that a step was fetching, if that is what it did, and what for. */
function imageOfStep(stepName: string): { image: string; use: string } | null {
  const match =
    /(load metadata for|FROM|resolve image config for|(?=docker-image:\/\/))\s*(?:docker-image:\/\/)?(\S+)/.exec(
      stepName,
    );
  if (!match) return null;
  const use = match[1] === 'resolve image config for' ? 'Dockerfile frontend' : 'base image';
  return { image: match[2]!, use };
}

const aboutRegistry =
  /auth|denied|no such host|connection refused|x509|certificate|HTTP response to HTTPS|not found|timeout|status code|status from|toomanyrequests|i\/o|manifest unknown|50\d /i;

/** An error that came from the registry of a base image, in plain words; null when it is another one. */
async function baseError(
  stepName: string,
  words: string,
  credentials: EngineLoginFor,
): Promise<AppError | null> {
  const fetched = imageOfStep(stepName);
  if (!fetched) return null;
  const { image, use } = fetched;
  const host = hostOf(image);
  const login = await credentials(host).catch(asAppError);
  const refused = login instanceof AppError && login.code !== 'internal' ? login : null;
  if (!refused && !aboutRegistry.test(words)) return null;
  const { message, hint } = refused ?? registryError(words, host, login !== null);
  return new AppError('build_failed', `The ${use} ${image} could not be pulled. ${message}`, {
    hint,
    cause: new Error(words),
  });
}

function hostOf(image: string): string {
  try {
    return parseName(image).host;
  } catch {
    return image; // Not a reference that we can read: its own words are shown.
  }
}

/** One line of an instruction is enough to know it by. */
export function shorten(instruction: string): string {
  const line = instruction.split('\n', 1)[0]!.trim();
  return line.length < instruction.length || line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

interface FailedStep {
  name: string;
  error: string;
  line?: number;
  /** The end of its log. */
  tail?: string;
}

/** The error of a failed build: from the step that failed where there is one, else from the engine's last words. */
export async function buildError(
  words: string,
  step: FailedStep | null,
  credentials: EngineLoginFor,
): Promise<AppError> {
  // The error of a command that exited is its own text and a code.
  const exited = step !== null && ended('\\d+').test(step.error);
  const full = exited ? null : (storageError(words) ?? (step && storageError(step.error)));
  if (full) return full;
  const cause = new Error(step ? `${step.error} (${words})` : words);
  if (!step) return new AppError('build_failed', explainStepError(words), { cause });
  const fetched = await baseError(step.name, step.error, credentials);
  if (fetched) return fetched;
  const what = shorten(parseStepName(step.name).instruction);
  const where = step.line ? `Line ${step.line}, ${what}` : what;
  const explained = `${where}: ${explainStepError(step.error)}`;
  const said = storageError(step.tail ?? '');
  if (said)
    return new AppError(said.code, `${explained} Its log says: no space left on device.`, {
      hint: said.hint,
      cause,
    });
  return new AppError('build_failed', explained, { cause });
}
