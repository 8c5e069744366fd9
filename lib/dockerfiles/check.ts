import { type Finding, type Found, maxText } from './finding';
import { openPlaces } from './places';
import { checkBases } from './rules/bases';
import { checkPackageCaches } from './rules/package-caches';
import { checkPorts } from './rules/ports';
import { checkSecrets } from './rules/secrets';
import { checkStages } from './rules/stages';
import { type Plan, readPlan } from './stages';
import { checkSyntax } from './syntax';

const rules: ((plan: Plan) => Found[])[] = [
  checkSyntax,
  checkStages,
  checkPorts,
  checkPackageCaches,
  checkBases,
  checkSecrets,
];

/** A file of another kind gives one for each line. */
const maxFindings = 200;

/** Everything to say about a Dockerfile, in the order of its lines. It may be half written: then there is less to say. */
export function checkDockerfile(text: string): Finding[] {
  if (text.length > maxText || text.trim() === '') return [];
  const { lineAt } = openPlaces(text);
  try {
    const plan = readPlan(text);
    return rules
      .flatMap((rule) => rule(plan))
      .map((found) => ({ ...found, line: lineAt(found.from) }))
      .toSorted((one, other) => one.from - other.from)
      .slice(0, maxFindings);
  } catch {
    return []; // the parser itself stumbled: the build will say what is wrong
  }
}
