import { type From, takenBy } from '@/lib/dockerfiles/copied';
import { type Found, maxFindings } from '@/lib/dockerfiles/finding';
import type { Plan, Stage } from '@/lib/dockerfiles/stages';

interface Mention extends From {
  stage: Stage;
}

/** The places where a stage's instructions read files from another stage or image. */
const mentionsIn = (stage: Stage): Mention[] =>
  stage.instructions.flatMap((instruction) =>
    takenBy(instruction, (text) => text).from.map((from) => ({ ...from, stage })),
  );

/** Longer names are not compared, and no more of them. */
const maxNameCharacters = 64;
const maxCompared = 100;

/** Number of letters to change, add, omit or swap to turn one into the other. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}

const nearest = (name: string, names: string[]): string | undefined =>
  [...new Set(names)]
    .slice(-maxCompared)
    .filter((other) => Math.max(name.length, other.length) <= maxNameCharacters)
    .map((other) => ({ other, far: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, far }) => far <= Math.max(1, Math.floor(other.length / 3)))
    .toSorted((one, other) => one.far - other.far)[0]?.other;

function problemOf(
  { name, by, stage }: Mention,
  stages: Stage[],
): Pick<Found, 'severity' | 'message' | 'why'> | null {
  // A mount finds stages by name only.
  const index = by === 'COPY' && /^\d+$/.test(name) ? Number(name) : null;
  const target = stages.find((other) =>
    index === null ? other.name === name.toLowerCase() : other.index === index,
  );
  const order = 'Files can only be copied from an earlier stage.';
  if (target && target.index < stage.index) return null;
  if (target === stage) return { severity: 'error', message: `“${name}” is the current stage.`, why: order };
  if (target)
    return { severity: 'error', message: `The stage “${name}” comes later in the file.`, why: order };
  if (index !== null)
    return {
      severity: 'error',
      message: `Stage ${name} does not exist: stages are numbered from 0.`,
      why: 'The engine would look for an image of that name. Name stages (FROM … AS build), so that references stay valid when stages are added.',
    };
  // With a tag, a digest or a path it is an image.
  if (/[:/@.$]/.test(name)) return null;
  return {
    severity: 'warning',
    message: `No earlier stage is named “${name}”.`,
    why: `The engine treats it as an image and tries to pull “${name}:latest”. If you mean an image, add its tag.`,
  };
}

/** `--from` without a matching stage. */
export function checkStages({ stages }: Plan): Found[] {
  const labels = stages.map(({ label }) => label);
  const meantBy = new Map<string, string | undefined>();
  return stages.flatMap(mentionsIn).flatMap((mention): Found[] => {
    const problem = problemOf(mention, stages);
    if (!problem) return [];
    const { name, stage, from, to } = mention;
    const key = `${stage.index} ${name}`;
    if (!meantBy.has(key) && meantBy.size < maxFindings) {
      const earlier = labels.slice(0, stage.index).filter((label) => label !== null);
      meantBy.set(key, nearest(name, earlier));
    }
    const meant = meantBy.get(key);
    const fix = meant ? { label: `Copy from “${meant}”`, edits: [{ from, to, text: meant }] } : undefined;
    return [{ rule: 'unknown-stage', ...problem, from, to, fix }];
  });
}
