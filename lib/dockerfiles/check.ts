import { type Finding, type Found, maxFindings, maxTextCharacters } from './finding';
import { openPlaces } from './places';
import { checkBases } from './rules/bases';
import { checkPackageCaches } from './rules/package-caches';
import { checkPorts } from './rules/ports';
import { checkSecrets } from './rules/secrets';
import { checkStages } from './rules/stages';
import { type Plan, readPlan } from './stages';
import { checkSyntax } from './syntax';
import { formatCount } from '@/lib/format/text';

const rules: ((plan: Plan) => Found[])[] = [
  checkSyntax,
  checkStages,
  checkPorts,
  checkPackageCaches,
  checkBases,
  checkSecrets,
];

const tooLarge = (text: string): Finding => ({
  rule: 'too-large',
  severity: 'note',
  message: `This Dockerfile is too large to check: it has ${formatCount(text.length, 'character')}, and at most ${maxTextCharacters} are checked.`,
  why: 'The build is not affected.',
  from: 0,
  to: Math.max(0, text.indexOf('\n')),
  line: 1,
});

/** The findings of a Dockerfile, in order of lines. It may be incomplete. */
export function checkDockerfile(text: string): Finding[] {
  if (text.length > maxTextCharacters) return [tooLarge(text)];
  if (text.trim() === '') return [];
  const { lineAt } = openPlaces(text);
  try {
    const plan = readPlan(text);
    return rules
      .flatMap((rule) => rule(plan))
      .map((found) => ({ ...found, line: lineAt(found.from) }))
      .toSorted((one, other) => one.from - other.from)
      .slice(0, maxFindings);
  } catch {
    return []; // the parser failed: the build reports the error
  }
}
