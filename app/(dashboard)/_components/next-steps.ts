import type { BuildSummary } from '@/lib/builds/schema';
import type { OperationStatus, OperationSummary } from '@/lib/operations/status';
import { checkLabels } from '@/lib/registries/labels';
import type { Registry } from '@/lib/registries/schema';

/** Something that needs a person: a failure, or a project to build or push. */
export interface NextStep {
  key: string;
  status: Extract<OperationStatus, 'failed' | 'interrupted'> | null;
  title: string;
  /** The cause, in one line. */
  reason: string | null;
  href: string;
  /** The link's text. */
  todo: string;
  at: number | null;
}

export interface Situation {
  projects: { id: string; name: string }[];
  lastBuilds: ReadonlyMap<string, BuildSummary>;
  /** Newest first. */
  pushes: OperationSummary[];
  pushedImages: ReadonlySet<string>;
  registries: Pick<Registry, 'id' | 'host' | 'check'>[];
}

const firstLine = (text: string | null): string | null => text?.split('\n')[0]?.trim() || null;

const isBroken = (status: OperationStatus): status is 'failed' | 'interrupted' =>
  status === 'failed' || status === 'interrupted';

const brokenBuilds = ({ lastBuilds }: Situation): NextStep[] =>
  [...lastBuilds.values()].flatMap(({ id, href, projectName, number, status, errorMessage, endedAt }) =>
    isBroken(status)
      ? [
          {
            key: id,
            status,
            title: `${projectName} #${number}`,
            reason: firstLine(errorMessage),
            href,
            todo: 'View error',
            at: endedAt,
          },
        ]
      : [],
  );

/** Only the newest push to a target counts. */
const brokenPushes = ({ pushes }: Situation): NextStep[] =>
  pushes
    .filter(({ title }, index) => pushes.findIndex((other) => other.title === title) === index)
    .flatMap(({ id, href, title, status, errorMessage, endedAt }) =>
      isBroken(status)
        ? [
            {
              key: id,
              status,
              title,
              reason: firstLine(errorMessage),
              href,
              todo: 'View error',
              at: endedAt,
            },
          ]
        : [],
    );

const brokenRegistries = ({ registries }: Situation): NextStep[] =>
  registries.flatMap(({ id, host, check }) =>
    check && check.status !== 'ok' && check.status !== 'plain-http'
      ? [
          {
            key: id,
            status: 'failed' as const,
            title: host,
            reason: checkLabels[check.status],
            href: `/registries/${id}`,
            todo: 'Fix',
            at: check.at,
          },
        ]
      : [],
  );

const neverBuilt = ({ projects, lastBuilds }: Situation): NextStep[] =>
  projects
    .filter(({ id }) => !lastBuilds.has(id))
    .map(({ id, name }) => ({
      key: id,
      status: null,
      title: name,
      reason: 'Never built',
      href: `/projects/${id}`,
      todo: 'Build',
      at: null,
    }));

const neverPushed = ({ lastBuilds, pushedImages }: Situation): NextStep[] =>
  [...lastBuilds.values()].flatMap(({ id, href, projectName, number, status, tags, imageId, endedAt }) =>
    status === 'succeeded' && imageId !== null && tags.length > 0 && !pushedImages.has(imageId)
      ? [
          {
            key: `push ${id}`,
            status: null,
            title: `${projectName} #${number}`,
            reason: 'Not pushed',
            href,
            todo: 'Push',
            at: endedAt,
          },
        ]
      : [],
  );

const byTime = (one: NextStep, other: NextStep) => (other.at ?? 0) - (one.at ?? 0);

/** Failures first, newest first; then projects to push or build. */
export const chooseNextSteps = (situation: Situation, most: number): NextStep[] =>
  [
    ...[...brokenBuilds(situation), ...brokenPushes(situation), ...brokenRegistries(situation)].toSorted(
      byTime,
    ),
    ...neverPushed(situation).toSorted(byTime),
    ...neverBuilt(situation),
  ].slice(0, most);
