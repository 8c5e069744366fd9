import type { Found } from '@/lib/dockerfiles/finding';
import type { Plan } from '@/lib/dockerfiles/stages';

const highest = 65_535;

/** Why EXPOSE refuses a word; valid are `80`, `80/tcp`, `8000-8010`. Words with variables are not checked. */
function portProblem(text: string): string | null {
  if (text.includes('$')) return null;
  const match = /^(\d+)(?:-(\d+))?(?:\/(.*))?$/.exec(text);
  if (!match) return `“${text}” is not a port: use 80, 53/udp or 8000-8010.`;
  const [, first, last = first, protocol] = match;
  const [low, high] = [Number(first), Number(last)];
  const beyond = [low, high].find((port) => port < 1 || port > highest);
  if (beyond !== undefined) return `Port ${beyond} is out of range: 1 to ${highest}.`;
  if (low > high) return `The range ${low}-${high} is reversed.`;
  if (protocol !== undefined && !/^(tcp|udp|sctp)$/i.test(protocol))
    return `“${protocol}” is not a protocol: use tcp, udp or sctp.`;
  return null;
}

export function checkPorts({ file }: Plan): Found[] {
  return file.instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ words }) => words)
    .flatMap(({ text, ...place }): Found[] => {
      const message = portProblem(text);
      if (!message) return [];
      const backwards = /^(\d+)-(\d+)(.*)$/.exec(text);
      const turned = backwards && `${backwards[2]}-${backwards[1]}${backwards[3]}`;
      return [
        {
          rule: 'port',
          severity: 'error',
          message,
          why: 'The engine rejects it and the build fails. EXPOSE lists the ports that the program listens on.',
          ...place,
          fix:
            turned && portProblem(turned) === null
              ? { label: `Write ${turned}`, edits: [{ ...place, text: turned }] }
              : undefined,
        },
      ];
    });
}
