import { expect, test } from '@playwright/test';
import { runKills } from './setup/kills';
import { trialOptions } from './setup/options';
import { problemsOf, writeTrial } from './setup/results';

const { kills, names } = trialOptions;

test(`the server is killed ${kills} times`, async ({ browser }) => {
  test.setTimeout(0);
  const trial = await runKills(browser, trialOptions);
  writeTrial(trial, names.length === 0 && kills >= 50);
  expect(problemsOf(trial)).toEqual([]);
});
