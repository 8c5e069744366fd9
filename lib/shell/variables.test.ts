import { expect, test } from 'vitest';
import { isSessionVariable, isShellVariable } from './variables';

test.each([
  ['PWD', true, true],
  ['__lw_status', true, true],
  ['LW_KEY', true, true],
  ['HISTFILE', false, true],
  ['BASH_VERSION', false, true],
  ['PATH', false, false],
  ['LC_ALL', false, false],
])('%s', (name, session, shell) => {
  expect([isSessionVariable(name), isShellVariable(name)]).toEqual([session, shell]);
});
