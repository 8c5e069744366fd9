/** Files that sessions, programs and engines leave, by path. Each caller selects the kinds it needs. */
interface Paths {
  /** Directories with everything below. */
  directories?: string[];
  /** Whole paths, or their ends. */
  files?: string[];
}

const home = '^/(?:root|home/[^/]+)';

/** Sources of regular expressions. */
const paths = {
  logs: { directories: ['^/var/log'] },
  temporary: { directories: ['^/tmp', '^/var/tmp', '^/run', '^/var/run'] },
  history: {
    directories: [String.raw`/\.local/share/nano`],
    files: [
      String.raw`/\.(?:(?:bash|ash|sh|zsh|python|node_repl|mysql|psql|sqlite|rediscli)_history|lesshst|viminfo|wget-hsts|selected_editor)$`,
    ],
  },
  swapFiles: { files: [String.raw`/\.[^/]*\.sw[a-p]$`] },
  backups: { files: [String.raw`/(?:[^/]+~|#[^/]+#|\.#[^/]+|[^/]+\.(?:orig|rej))$`] },
  /** Downloads and package lists of package managers. */
  packageCaches: {
    directories: [
      '^/var/cache/(?:apt|yum|dnf|apk|zypp|pacman|man|debconf/[^/]*-old)',
      '^/var/lib/apt/lists',
      '^/etc/apk/cache',
    ],
  },
  homeCaches: {
    directories: [
      String.raw`${home}/(?:\.cache|\.npm/_cacache|\.npm/_logs|\.yarn/cache|\.cargo/registry|go/pkg/mod/cache)`,
    ],
  },
  /** Files that programs regenerate. */
  computed: {
    directories: ['^/var/cache', '^/var/lib/apt/periodic', String.raw`${home}/\.npm`, '/__pycache__'],
    files: [String.raw`^/etc/ld\.so\.cache$`, String.raw`\.pyc$`],
  },
  /** Package databases that contain times, or have no stable order. */
  packageDatabases: {
    directories: ['^/(?:var|usr)/lib/(?:sysimage/)?rpm', '^/var/lib/(?:yum|dnf)', '^/lib/apk/db'],
  },
  /** Backup copies of dpkg. */
  packageCopies: { files: ['^/var/lib/dpkg/(?:status|available)-old$'] },
  packageLocks: { files: ['^/var/lib/dpkg/(?:lock(?:-frontend)?|triggers/Lock)$'] },
  leases: { directories: ['^/var/lib/dhcp(?:3|d|cd)?'] },
  accounts: { files: ['^/etc/(?:shadow|gshadow|(?:passwd|group|shadow|gshadow|subuid|subgid)-)$'] },
  accountLocks: { files: [String.raw`^/etc/\.pwd\.lock$`] },
  identity: {
    directories: ['^/var/lib/systemd/random-seed', '^/var/lib/urandom'],
    files: ['^/(?:etc|var/lib/dbus)/machine-id$', '^/etc/ssh/ssh_host_[^/]+$'],
  },
  /** Files that the engine adds to every container. */
  engineMade: {
    directories: [String.raw`^/(?:\.dockerenv|dev|proc|sys|etc/(?:hosts|hostname|resolv\.conf|mtab))`],
  },
} satisfies Record<string, Paths>;

export type NoiseKind = keyof typeof paths;

/** Matches paths of these kinds; with `contents` only what is below a directory, not the directory itself. */
export function noisePattern(kinds: readonly NoiseKind[], which: 'all' | 'contents' = 'all'): RegExp {
  const sources = kinds.flatMap((kind) => {
    const { directories = [], files = [] }: Paths = paths[kind];
    return [...files, ...directories.map((source) => `${source}${which === 'all' ? '(?:/|$)' : '/.'}`)];
  });
  return new RegExp(sources.join('|'));
}
