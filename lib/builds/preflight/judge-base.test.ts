import { describe, expect, test } from 'vitest';
import { type BaseFacts, judgeBase, judgeLocal, type LocalImage, type RegistryAnswer } from './judge-base';

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;
const local: LocalImage = { id: digestOf('1'), digests: [`registry.example/base@${digestOf('a')}`] };
const host = 'registry.example';
const facts: BaseFacts = { local, resolution: 'registry-first', host, pinned: false };

const has = (letter: string, loggedIn = false): RegistryAnswer => ({
  state: 'found',
  digest: digestOf(letter),
  loggedIn,
});
const absent: RegistryAnswer = { state: 'absent' };
const failed = {
  state: 'failed',
  message: 'It is away.',
  hint: 'Do it.',
  denied: false,
  registryId: null,
} as const;

const first = 'Available locally, but this builder resolves the name at its registry first:';

describe('a local image of a builder that asks the registry first', () => {
  test('is not said to be used where the registry has another one', () => {
    expect(judgeBase(has('b'), facts)).toEqual({
      level: 'warning',
      detail: `${first} ${host} has a different image under this name (bbbbbbbbbbbb), and its image is used.`,
      hint: 'To use the local image, tag it with a name that no registry has.',
    });
  });

  test('is the same by the digest of its repository, or by its id on the containerd store', () => {
    const same = `${first} ${host} answers, and has the same image (aaaaaaaaaaaa).`;
    expect(judgeBase(has('a'), facts)).toMatchObject({ level: 'ok', detail: same });
    const byId = { ...facts, local: { id: digestOf('a'), digests: [] } };
    expect(judgeBase(has('a'), byId)).toMatchObject({ level: 'ok', detail: same });
  });

  test('is used while the registry gives none', () => {
    const used = 'Until then, the local image is used.';
    expect(judgeBase(absent, facts)).toEqual({
      level: 'ok',
      detail: `${first} ${host} has no such image or tag. ${used}`,
      hint: '',
    });
    const detail = `${first} It is away. ${used}`;
    expect(judgeBase(failed, facts)).toEqual({ level: 'unknown', detail, hint: '' });
    expect(judgeBase({ ...failed, denied: true }, facts)).toEqual({ level: 'ok', detail, hint: '' });
    expect(judgeBase({ ...failed, denied: true, registryId: 'r' }, facts)).toEqual({
      level: 'warning',
      detail,
      hint: 'Do it.',
      href: '/registries/r',
    });
  });

  test('is warned of where it would be used for another platform', () => {
    const other = { ...facts, local: { ...local, otherPlatform: 'linux/arm64' } };
    expect(judgeBase(absent, other)).toMatchObject({
      level: 'warning',
      detail: expect.stringContaining('the local image is used, although it is for linux/arm64.') as string,
    });
  });

  test('with a digest in its name is not promised to be found without the registry', () => {
    const pinned = { ...facts, pinned: true };
    expect(judgeBase(has('a'), pinned)).toMatchObject({ level: 'ok' });
    expect(judgeBase(absent, pinned)).toMatchObject({
      level: 'unknown',
      detail: `${first} ${host} has no image with this digest. The local image is used only if it was pulled from there.`,
    });
  });
});

test('a local image of which it is not known how it is resolved is not said to be used', () => {
  const unknown = { ...facts, resolution: 'unknown' } as const;
  for (const answer of [has('b'), absent, failed, { state: 'not-asked' } as const])
    expect(judgeBase(answer, unknown).detail).not.toContain('used');
  expect(judgeBase(absent, unknown).level).toBe('unknown');
});

describe('an image that only the registry can give', () => {
  const needed = { ...facts, local: null, resolution: 'registry' } as const;

  test('is named with its digest, and beside the local one where a build pulls always', () => {
    expect(judgeBase(has('b', true), needed)).toMatchObject({
      level: 'ok',
      detail: `${host} answers and accepts the login, and has the image (bbbbbbbbbbbb).`,
    });
    const pulled = { ...facts, resolution: 'registry' } as const;
    expect(judgeBase(has('a'), pulled).detail).toContain('The local image is the same.');
    expect(judgeBase(has('b'), pulled).detail).toContain('The local image differs and is not used.');
    const other = { ...pulled, local: { ...local, otherPlatform: 'linux/arm64' } };
    expect(judgeBase(has('a'), other).detail).toContain(
      'The local image is for linux/arm64 and is not used.',
    );
  });

  test('is a problem where it is not there, with a local one too', () => {
    expect(judgeBase(absent, needed)).toMatchObject({ level: 'problem' });
    expect(judgeBase(absent, { ...facts, resolution: 'registry' })).toMatchObject({
      level: 'problem',
      detail: `${host} answers, but has no such image or tag. The local image is not used.`,
    });
    expect(judgeBase(failed, needed)).toMatchObject({ level: 'problem', href: '/registries/new' });
  });

  test('is not judged where the engine cannot ask', () => {
    expect(judgeBase({ state: 'not-asked' }, needed)).toMatchObject({ level: 'unknown' });
  });
});

test('a local image that is taken without asking is said to be used, with its platform if that is another', () => {
  expect(judgeLocal(local)).toEqual({
    level: 'ok',
    detail: 'Available locally; the builder uses it.',
    hint: '',
  });
  expect(judgeLocal({ ...local, otherPlatform: 'linux/arm64' })).toMatchObject({
    level: 'warning',
    detail: 'Available locally; the builder uses it, although it is for linux/arm64.',
  });
});
