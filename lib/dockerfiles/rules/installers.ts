import { type Command, programOf } from '@/lib/dockerfiles/commands';
import type { RunStep } from '@/lib/dockerfiles/run-steps';

/** A package manager and the cache that it leaves. */
export interface Installer {
  programs: string[];
  /** Subcommands that fill the cache. */
  fills: string[];
  /** Subcommands that prompt, and the option that prevents it. */
  asks: string[];
  yes: { flags: RegExp; add: string } | null;
  /** Commands that remove the cache: start of the command, and a required following part. */
  cleans: readonly (readonly [begins: RegExp, then: RegExp])[];
  clean: string;
  /** A cache mount or tmpfs that keeps the cache out of the layer. */
  mounts: RegExp;
  left: string;
}

export const installers: readonly Installer[] = [
  {
    programs: ['apt-get', 'apt', 'aptitude'],
    fills: ['update', 'install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'build-dep'],
    asks: ['install', 'upgrade', 'dist-upgrade', 'full-upgrade', 'build-dep'],
    yes: { flags: /^(-[^\Wy]*y\w*|--yes|--assume-yes|-q{2,}|--force-yes)$/, add: '-y' },
    cleans: [
      [/rm\s/, /\/var\/lib\/apt\/lists/],
      [/apt(?:-get)?\s/, /^\s*dist-?clean/],
    ],
    clean: 'rm -rf /var/lib/apt/lists/*',
    mounts: /(target|dst|destination)=\/var\/lib\/apt/,
    left: 'The package lists of apt (about 20 to 60 MB) stay in this layer.',
  },
  ...(['dnf', 'yum', 'microdnf'] as const).map((program): Installer => ({
    programs: [program],
    fills: [
      'install',
      'update',
      'upgrade',
      'groupinstall',
      'localinstall',
      'reinstall',
      'makecache',
      'builddep',
    ],
    asks: ['install', 'update', 'upgrade', 'groupinstall', 'localinstall', 'reinstall', 'builddep'],
    yes: { flags: /^(-[^\Wy]*y\w*|--assumeyes)$/, add: '-y' },
    cleans: [
      [/\b(?:dnf5?|yum|microdnf)\b/, /\sclean\s+(?:all|packages|metadata)/],
      [/rm\s/, /\/var\/(?:cache|lib)\/(?:yum|dnf|libdnf5?)/],
    ],
    clean: `${program} clean all`,
    mounts: /(target|dst|destination)=\/var\/(cache|lib)\/(yum|dnf|libdnf)/,
    left: `The cache of ${program} (package lists and packages, often more than 100 MB) stays in this layer.`,
  })),
  {
    programs: ['apk'],
    fills: ['add', 'update', 'upgrade'],
    asks: [],
    yes: null,
    cleans: [
      [/apk\s/, /--no-cache/],
      [/rm\s/, /\/var\/cache\/apk/],
    ],
    clean: 'rm -rf /var/cache/apk/*',
    mounts: /(target|dst|destination)=\/(var\/cache\/apk|etc\/apk\/cache)/,
    left: 'The package index of apk stays in this layer.',
  },
];

/** Whether a command in a step removes the cache of a package manager. */
export const cleansUp = (text: string, { cleans }: Installer): boolean =>
  text.split(/[;&|\n]/).some((command) =>
    cleans.some(([begins, then]) => {
      const begun = begins.exec(command);
      return begun !== null && then.test(command.slice(begun.index + begun[0].length));
    }),
  );

export interface Use {
  installer: Installer;
  command: Command;
  subcommand: string;
  /** The subcommand. */
  word: Command['words'][number];
  args: Command['words'];
}

/** The calls of package managers in a step. */
export function usesIn({ commands }: RunStep): Use[] {
  return commands.flatMap((command): Use[] => {
    const program = programOf(command);
    const installer = installers.find(({ programs }) => program && programs.includes(program.name));
    // Values of options such as `-o Dpkg::Use-Pty=0` contain no subcommand.
    const word = program?.args.find(({ text }) => installer?.fills.includes(text));
    return installer && program && word
      ? [{ installer, command, subcommand: word.text, word, args: program.args }]
      : [];
  });
}
