import { expect, test } from 'vitest';
import { passwordProblem } from './password-policy';
import { enteredPassword } from './schema';

const said = (password: string) => enteredPassword.safeParse(password).error?.issues[0]?.message;

test('the error for an overlong password names only the limit for choosing one', () => {
  expect(said('x'.repeat(1024))).toBeUndefined();
  expect(said('x'.repeat(1025))).toBe('The password is too long.');
  expect(passwordProblem('stone bridge violet '.repeat(7), 'ada')).toContain('128');
});
