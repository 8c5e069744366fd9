/** What rarely belongs into an image. A rule marks paths; leaving them out is up to whoever commits. */
export interface ReviewRule {
  id: string;
  label: string;
  /** What is marked, in words: the rule itself is shown with what it found. */
  meaning: string;
  tone: 'waste' | 'danger';
  path?: RegExp;
  /** Looked for in the beginning of small files. */
  content?: RegExp;
}

const home = String.raw`^/(?:root|home/[^/]+)`;
const at = (source: string) => new RegExp(source);

export const reviewRules: ReviewRule[] = [
  {
    id: 'secrets',
    label: 'Keys and passwords',
    meaning:
      'Names that keys and logins usually have (id_rsa, *.pem, *.key, .netrc, .npmrc, .pgpass, .git-credentials, .aws, .docker/config.json, .env), and files that begin a private key or set a password, token or secret.',
    tone: 'danger',
    path: at(
      String.raw`/(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc|\.pgpass|\.my\.cnf|\.git-credentials|\.htpasswd|\.env(?:\.\w+)?|[^/]+\.(?:pem|key|p12|pfx|jks|keystore|kdbx))$|/\.aws/(?:credentials|config)$|/\.docker/config\.json$|/\.kube/config$|/\.gnupg(?:/|$)|/\.config/gcloud(?:/|$)`,
    ),
    content:
      /-----BEGIN (?:[A-Z ]+ )?PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[baprs]-[A-Za-z0-9-]{10,}|^\s*(?:export\s+)?["']?[\w.-]*(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)["']?\s*[=:]\s*["']?[^\s"'#$<({]{6,}/im,
  },
  {
    id: 'history',
    label: 'Shell history',
    meaning:
      'What was typed: .bash_history, .ash_history, .sh_history, .zsh_history, .python_history, .lesshst, .viminfo, .wget-hsts.',
    tone: 'waste',
    path: at(
      String.raw`/\.(?:(?:bash|ash|sh|zsh|python|node_repl|mysql|psql|sqlite|rediscli)_history|lesshst|viminfo|wget-hsts)$`,
    ),
  },
  {
    id: 'editor',
    label: 'Editor swap files and backups',
    meaning: 'Left by editors: .*.swp, .*.swo, *~, #*#, .#*, *.orig, *.rej.',
    tone: 'waste',
    path: at(String.raw`/(?:\.[^/]*\.sw[a-p]|[^/]+~|#[^/]+#|\.#[^/]+|[^/]+\.(?:orig|rej))$`),
  },
  {
    id: 'caches',
    label: 'Package caches',
    meaning:
      'Downloads and lists of package managers: /var/cache/apt, /var/lib/apt/lists, /var/cache/yum and dnf, /var/cache/apk, pip, npm, yarn, cargo and Go caches.',
    tone: 'waste',
    path: at(
      String.raw`^/var/cache/(?:apt|yum|dnf|apk|zypp|pacman|man|debconf/[^/]*-old)/.|^/var/lib/apt/lists/.|^/etc/apk/cache/.|${home}/(?:\.cache|\.npm/_cacache|\.npm/_logs|\.yarn/cache|\.cargo/registry|go/pkg/mod/cache)(?:/|$)`,
    ),
  },
  {
    id: 'temporary',
    label: 'Temporary files',
    meaning: 'Everything below /tmp, /var/tmp and /run.',
    tone: 'waste',
    path: /^\/(?:tmp|var\/tmp|run)\/./,
  },
  {
    id: 'logs',
    label: 'Logs',
    meaning: 'Everything below /var/log.',
    tone: 'waste',
    path: /^\/var\/log\/./,
  },
];

/** Ids of the rules that a path alone falls under. */
export const marksOfPath = (path: string): string[] =>
  reviewRules.filter((rule) => rule.path?.test(path)).map((rule) => rule.id);

/** Bytes of a file that are looked at for what it holds. */
export const sniffed = 64 * 1024;

/** Programs and packages are full of such words: only what somebody wrote is looked into. */
const looksWritten = (path: string) =>
  !/^\/(?:usr\/(?!local\/)|lib|bin|sbin|var\/(?:lib|cache|log)\/)/.test(path) &&
  !/\.(?:so|a|o|py|pyc|js|ts|rb|pl|pm|h|c|go|md|html|css|1|gz|xz|png|jpg)$/.test(path);

export function marksOfContent(path: string, beginning: Buffer): string[] {
  if (!looksWritten(path) || beginning.includes(0)) return [];
  const text = beginning.toString('utf8');
  return reviewRules.filter((rule) => rule.content?.test(text)).map((rule) => rule.id);
}

export const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(`${directory}/`);

/** Tells what to leave out: single paths with all below them, and what falls under a rule by its name. */
export function leaveOutTest({
  paths,
  rules,
}: {
  paths: string[];
  rules: string[];
}): (path: string) => boolean {
  const single = new Set(paths);
  const chosen = reviewRules.filter((rule) => rules.includes(rule.id));
  return (path) => {
    if (chosen.some((rule) => rule.path?.test(path))) return true;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
      if (single.has(path.slice(0, end))) return true;
    return false;
  };
}
