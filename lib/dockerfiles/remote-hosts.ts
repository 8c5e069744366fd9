import { takenBy } from './copied';
import { expander, ownInstructions, type Plan } from './stages';

/** `user@host:path`, as Git and BuildKit read it. */
const scpForm = /^[\w-]+@([\w.-]+):/;

/** The host of an address; the address itself if it has none that can be read. */
function hostOf(source: string): string {
  const scp = scpForm.exec(source);
  if (scp) return scp[1]!;
  try {
    // Schemes that are not of the web keep their host as it is written.
    return new URL(source.replace(/^\w+:/, 'http:')).hostname;
  } catch {
    return source;
  }
}

/** The hosts from which a build fetches what an ADD names, also one of an ONBUILD; each once. */
export function remoteHosts(plan: Plan): string[] {
  const hosts = plan.stages.flatMap((stage) =>
    ownInstructions(stage).flatMap((instruction) =>
      takenBy(instruction.trigger ?? instruction, expander(plan, stage, instruction)).remote.map(hostOf),
    ),
  );
  return [...new Set(hosts)];
}
