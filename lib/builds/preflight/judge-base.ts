import { hasDigest } from '@/lib/builds/base-digests';
import type { BaseResolution } from '@/lib/builders/base-resolution';
import { shortDigest } from '@/lib/format/text';
import type { RegistryId } from '@/lib/ids';
import type { PreflightItem } from './schema';

export type RegistryAnswer =
  | { state: 'found'; digest: string; loggedIn: boolean }
  | { state: 'absent' }
  | { state: 'failed'; message: string; hint: string; denied: boolean; registryId: RegistryId | null }
  /** The engine has no API for it. */
  | { state: 'not-asked' };

export interface LocalImage {
  id: string;
  /** `repository@digest`. */
  digests: string[];
  /** `os/architecture[/variant]`, if it is not the platform of the build. */
  otherPlatform?: string;
}

export interface BaseFacts {
  local: LocalImage | null;
  resolution: BaseResolution;
  host: string;
  /** The name has a digest, so the content is the same from any source. */
  pinned: boolean;
}

export type Judgement = Pick<PreflightItem, 'level' | 'detail' | 'hint' | 'href'>;

/** The builder does not ask the registry. */
export const judgeLocal = ({ otherPlatform }: LocalImage): Judgement =>
  otherPlatform
    ? {
        level: 'warning',
        detail: `Available locally; the builder uses it, although it is for ${otherPlatform}.`,
        hint: 'Pull it for the platform of the build.',
      }
    : { level: 'ok', detail: 'Available locally; the builder uses it.', hint: '' };

const registryPage = (id: string | null) => (id ? `/registries/${id}` : '/registries/new');

function besideLocal(local: LocalImage | null, digest: string): string {
  if (!local) return '';
  if (local.otherPlatform) return ` The local image is for ${local.otherPlatform} and is not used.`;
  return hasDigest(local, digest)
    ? ' The local image is the same.'
    : ' The local image differs and is not used.';
}

/** The builder uses the registry's image, or fails. */
function needed(answer: RegistryAnswer, { local, host }: BaseFacts): Judgement {
  switch (answer.state) {
    case 'found': {
      const login = answer.loggedIn ? ' and accepts the login' : '';
      const has = `${host} answers${login}, and has the image (${shortDigest(answer.digest)}).`;
      return { level: 'ok', detail: has + besideLocal(local, answer.digest), hint: '' };
    }
    case 'absent':
      return {
        level: 'problem',
        detail: `${host} answers, but has no such image or tag.${local ? ' The local image is not used.' : ''}`,
        hint: 'Check the name and the tag in the Dockerfile.',
      };
    case 'failed': {
      const { message, hint, registryId } = answer;
      return { level: 'problem', detail: message, hint, href: registryPage(registryId) };
    }
    case 'not-asked':
      return { level: 'unknown', detail: `This engine cannot ask ${host} without pulling.`, hint: '' };
  }
}

/** What the build uses while the registry has no image. */
function fallback({ resolution, pinned }: BaseFacts, { otherPlatform }: LocalImage): string {
  if (resolution !== 'registry-first') return '';
  if (pinned) return ' The local image is used only if it was pulled from there.';
  return ` Until then, the local image is used${otherPlatform ? `, although it is for ${otherPlatform}` : ''}.`;
}

function levelOfFallback(
  { resolution, pinned }: BaseFacts,
  { otherPlatform }: LocalImage,
  level: Judgement['level'],
): Judgement['level'] {
  if (otherPlatform || level === 'warning') return 'warning';
  return resolution === 'registry-first' && !pinned ? level : 'unknown';
}

/** There is a local image, but the builder asks, or may ask, the registry first. */
function preferred(answer: RegistryAnswer, local: LocalImage, facts: BaseFacts): Judgement {
  const { host, pinned, resolution } = facts;
  const sure = resolution === 'registry-first';
  const begin = sure
    ? 'Available locally, but this builder resolves the name at its registry first:'
    : 'Available locally, but this builder may resolve the name at its registry:';
  switch (answer.state) {
    case 'found': {
      const digest = shortDigest(answer.digest);
      if (pinned || hasDigest(local, answer.digest))
        return {
          level: 'ok',
          detail: `${begin} ${host} answers, and has the same image (${digest}).`,
          hint: '',
        };
      return {
        level: 'warning',
        detail: `${begin} ${host} has a different image under this name (${digest})${sure ? ', and its image is used' : ''}.`,
        hint: 'To use the local image, tag it with a name that no registry has.',
      };
    }
    case 'absent': {
      const what = pinned ? 'image with this digest' : 'such image or tag';
      return {
        level: levelOfFallback(facts, local, 'ok'),
        detail: `${begin} ${host} has no ${what}.${fallback(facts, local)}`,
        hint: '',
      };
    }
    case 'failed': {
      const { message, hint, denied, registryId } = answer;
      // A stored registry is expected to answer. One that denies anonymous access keeps doing so.
      const level = registryId ? 'warning' : denied ? 'ok' : 'unknown';
      return {
        level: levelOfFallback(facts, local, level),
        detail: `${begin} ${message}${fallback(facts, local)}`,
        hint: registryId ? hint : '',
        ...(registryId && { href: registryPage(registryId) }),
      };
    }
    case 'not-asked':
      return {
        level: 'unknown',
        detail: `${begin} the engine cannot ask ${host} without pulling.`,
        hint: '',
      };
  }
}

/** Which image a build would use, once the registry was asked. */
export function judgeBase(answer: RegistryAnswer, facts: BaseFacts): Judgement {
  const { local, resolution } = facts;
  return local && (resolution === 'registry-first' || resolution === 'unknown')
    ? preferred(answer, local, facts)
    : needed(answer, facts);
}
