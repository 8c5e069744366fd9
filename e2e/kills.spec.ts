import { expect, test } from '@playwright/test';
import { runKills } from '@/bench/trials/setup/kills';
import { problemsOf } from '@/bench/trials/setup/results';

/** Enough for each work to have begun once; bench/trials/faults.md is of many more. */
const few = { seed: 3, kills: 3, names: [] };

test(`the server is killed ${few.kills} times with seed ${few.seed}, in the middle of all kinds of work, and loses nothing`, async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const trial = await runKills(browser, few);
  for (const { number, works, aimed, afterMs, struck } of trial.kills)
    console.log(
      `Kill ${number} of seed ${few.seed}, ${afterMs} ms after ${aimed ?? 'the beginning'} of ${works.join(', ')}: ${struck.join(', ')} struck`,
    );
  expect(problemsOf(trial)).toEqual([]);
  expect(trial.kills.flatMap(({ struck }) => struck).length).toBeGreaterThan(few.kills);
});
