import type { Fix, Found } from '@/lib/dockerfiles/finding';
import { type RunStep, runStepsOf } from '@/lib/dockerfiles/run-steps';
import type { Plan } from '@/lib/dockerfiles/stages';
import { cleansUp, type Installer, installers, type Use, usesIn } from './installers';

const layers =
  'Each RUN adds a layer that is stored, pushed and pulled: a later step can hide its files, but not remove them.';

const isClean = ({ text, run }: RunStep, installer: Installer) =>
  cleansUp(text, installer) ||
  run.flags.some(({ name, value }) => name === 'mount' && installer.mounts.test(value ?? ''));

const isHeredoc = ({ run }: RunStep) => run.heredocs.length > 0;

/** The fix: a further command at the end of the step. */
function append(plan: Plan, step: RunStep, command: string): Fix | undefined {
  if (isHeredoc(step)) return undefined;
  const end = step.from + step.text.trimEnd().length;
  const text = ` ${plan.file.escape}\n    && ${command}`;
  return { label: `Add “${command}” to this step`, edits: [{ from: end, to: end, text }] };
}

/** With this option, apk keeps no cache. */
const noCache = (uses: Use[]): Fix => ({
  label: 'Add --no-cache',
  edits: uses
    .filter(({ subcommand }) => subcommand !== 'update')
    .map(({ word }) => ({ from: word.to, to: word.to, text: ' --no-cache' })),
});

function cacheLeft(plan: Plan, step: RunStep, uses: Use[]): Found[] {
  return installers.flatMap((installer): Found[] => {
    const mine = uses.filter((use) => use.installer === installer);
    const first = mine[0];
    if (!first || isClean(step, installer)) return [];
    const { from, to } = first.command;
    const fix =
      first.installer.programs[0] === 'apk' && mine.some(({ subcommand }) => subcommand !== 'update')
        ? noCache(mine)
        : append(plan, step, installer.clean);
    return [
      {
        rule: 'package-cache',
        severity: 'warning',
        message: installer.left,
        why: `${layers} Clean up in the same RUN: … && ${installer.clean}.`,
        from,
        to,
        fix,
      },
    ];
  });
}

/** A clean-up in its own step has no effect on earlier layers. */
function cleanedTooLate(plan: Plan, step: RunStep, uses: Use[]): Found[] {
  const installer = installers.find((each) => cleansUp(step.text, each));
  const command = step.commands[0];
  if (!installer || !command || uses.length) return [];
  const { before } = step;
  const joins =
    before && !isHeredoc(before) && !isHeredoc(step) && !step.run.flags.length && usesIn(before).length;
  const end = joins ? before.from + before.text.trimEnd().length : 0;
  return [
    {
      rule: 'clean-too-late',
      severity: 'warning',
      message: 'This clean-up is in a separate layer and makes no earlier layer smaller.',
      why: `${layers} Clean up in the RUN that installs.`,
      from: step.from,
      to: command.to,
      fix: joins
        ? {
            label: 'Merge into the previous step',
            edits: [
              {
                from: end,
                to: command.from,
                text: ` ${plan.file.escape}\n    && `,
              },
            ],
          }
        : undefined,
    },
  ];
}

/** `yum install …; yum clean all`: the step succeeds if its last command does. */
function failureHidden(step: RunStep, uses: Use[]): Found[] {
  if (/\bset\s+-\w*e|-o\s+errexit/.test(step.text)) return [];
  return uses
    .filter(({ command }) => command.separator === ';')
    .filter(({ command }) => step.commands.some(({ from }) => from > command.to))
    .map(({ command, subcommand }) => ({
      rule: 'hidden-failure',
      severity: 'warning',
      message: `If this ${subcommand} fails, the build continues: “;” ignores the exit code.`,
      why: 'Only the last command decides the exit code, so packages can be missing from the image. “&&” stops at the first failure.',
      ...command.separatorAt,
      fix: { label: 'Write “&&”', edits: [{ ...command.separatorAt, text: ' &&' }] },
    }));
}

/** A build cannot answer prompts. */
function unanswered(uses: Use[]): Found[] {
  return uses.flatMap(({ installer: { asks, yes }, subcommand, word, args, command }): Found[] => {
    if (!yes || !asks.includes(subcommand) || args.some(({ text }) => yes.flags.test(text))) return [];
    // `yes | apt-get install` and similar are rare; the words before show them.
    return [
      {
        rule: 'unanswered',
        severity: 'warning',
        message: `${subcommand} asks for confirmation, which a build cannot answer.`,
        why: `The step aborts without installing. ${yes.add} confirms everything.`,
        from: command.from,
        to: word.to,
        fix: { label: `Add ${yes.add}`, edits: [{ from: word.to, to: word.to, text: ` ${yes.add}` }] },
      },
    ];
  });
}

/** Effects of package managers on layers. Stages that are not part of the image are not checked. */
export function checkPackageCaches(plan: Plan): Found[] {
  return plan.stages.flatMap((stage) =>
    runStepsOf(plan, stage).flatMap((step) => {
      const uses = usesIn(step);
      const untidy = stage.shipped
        ? [...cacheLeft(plan, step, uses), ...cleanedTooLate(plan, step, uses)]
        : [];
      return [...untidy, ...failureHidden(step, uses), ...unanswered(uses)];
    }),
  );
}
