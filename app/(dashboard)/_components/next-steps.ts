import type { BuildSummary } from '@/lib/builds/schema';
import type { OperationStatus, OperationSummary } from '@/lib/operations/status';
import { checkLabels } from '@/lib/registries/labels';
import type { Registry } from '@/lib/registries/schema';

/** Something that waits for a person. */
export interface NextStep {
  key: string;
  status: Extract<OperationStatus, 'failed' | 'interrupted'> | null;
  title: string;
  /** Why, in one line. */
  reason: string | null;
  href: string;
  /** What to do about it; the words of the link. */
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
            todo: 'See why',
            at: endedAt,
          },
        ]
      : [],
  );

/** Of the pushes to one place, only the newest counts. */
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
              todo: 'See why',
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
            todo: 'Mend it',
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
      todo: 'Build it',
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
            reason: 'Built, and on no registry yet',
            href,
            todo: 'Push it',
            at: endedAt,
          },
        ]
      : [],
  );

const byTime = (one: NextStep, other: NextStep) => (other.at ?? 0) - (one.at ?? 0);

/** What broke, newest first; then what lies ready. */
export const chooseNextSteps = (situation: Situation, most: number): NextStep[] =>
  [
    ...[...brokenBuilds(situation), ...brokenPushes(situation), ...brokenRegistries(situation)].toSorted(
      byTime,
    ),
    ...neverPushed(situation).toSorted(byTime),
    ...neverBuilt(situation),
  ].slice(0, most);
