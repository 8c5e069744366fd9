import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password';
import { passwordProblem } from './password-policy';

test('a password is right only when it is the same, and its hash says how it was made', async () => {
  const hash = await hashPassword('stone bridge violet');
  expect(hash).toMatch(/^\$scrypt\$ln=16,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('stone bridge violet', hash)).toBe(true);
  expect(await verifyPassword('stone bridge violeT', hash)).toBe(false);
  expect(await hashPassword('stone bridge violet')).not.toBe(hash);
});

test('the same letters in another Unicode form are the same password', async () => {
  const hash = await hashPassword('caf\u00e9 under water');
  expect(await verifyPassword('cafe\u0301 under water', hash)).toBe(true);
});

test('an unknown user’s password never matches, and takes as long', async () => {
  const hash = await hashPassword('stone bridge violet');
  const time = async (stored: string | null) => {
    let best = Infinity; // best of three: other load can only increase the time
    for (let i = 0; i < 3; i++) {
      const start = performance.now();
      expect(await verifyPassword('not the password', stored)).toBe(false);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  const [known, unknown] = [await time(hash), await time(null)];
  expect(unknown).toBeGreaterThan(known / 3);
  expect(unknown).toBeLessThan(known * 3);
});

test('many at once wait for their turn, and too many are turned away', async () => {
  const cheap = `$scrypt$ln=1,r=8,p=1$AAAA$${'A'.repeat(43)}`;
  const results = await Promise.allSettled(Array.from({ length: 36 }, () => verifyPassword('x', cheap)));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(4);
  expect(refused[0]?.reason).toMatchObject({ code: 'rate_limited' });
  expect(await verifyPassword('x', cheap)).toBe(false);
});

test.each([
  ['elevenchars', 'at least 12'],
  ['x'.repeat(129), 'at most 128'],
  ['password1234', 'easy to guess'],
  ['P@ssw0rdP@ssw0rd', 'easy to guess'],
  ['Welcome12345!', 'easy to guess'],
  ['aaaaaaaaaaaa', 'easy to guess'],
  ['123456789012', 'easy to guess'],
  ['abcdefghijkl', 'easy to guess'],
  ['qwertyuiop12', 'easy to guess'],
  ['correcthorsebatterystaple', 'easy to guess'],
  ['192837465564', 'easy to guess'],
  ['longadminname', 'user name'],
  ['longadminname2026', 'user name'],
])('%s is refused: %s', (password, words) => {
  expect(passwordProblem(password, 'longadminname')).toContain(words);
});

test.each([
  'stone bridge violet',
  'Zebra-Kaffee-91',
  '   spaces count   ',
  'ünïcödé wörter',
  'x7#kQ9!mv2Lp',
  'ladybirdkettle',
])('“%s” is good', (password) => expect(passwordProblem(password, 'ab')).toBeNull());
