import { type NoiseKind, noisePattern } from '@/lib/known/noise';
import { secretFile, secretIn } from '@/lib/known/secrets';

/** Marks paths that rarely belong in an image; the user decides what to exclude. */
interface ReviewRule {
  id: string;
  label: string;
  /** Shown with the marked paths. */
  meaning: string;
  tone: 'waste' | 'danger';
  path: (path: string) => boolean;
  /** Of the beginning of a small file. */
  content?: (text: string) => boolean;
}

const matches = (pattern: RegExp) => (path: string) => pattern.test(path);
const all = (...kinds: NoiseKind[]) => matches(noisePattern(kinds));
/** Contents only: the directories themselves may be needed. */
const below = (...kinds: NoiseKind[]) => matches(noisePattern(kinds, 'contents'));

const isDownload = below('packageCaches');
const isHomeCache = all('homeCaches');

/** A line that assigns a value to a secret. */
const assigned =
  /^\s*(?:export\s+)?["']?[\w.-]*(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token)["']?\s*[=:]\s*["']?[^\s"'#$<({]{6,}/im;

export const reviewRules: ReviewRule[] = [
  {
    id: 'secrets',
    label: 'Keys and passwords',
    meaning:
      'Names that keys and logins usually have (id_rsa, *.pem, *.key, .netrc, .npmrc, .pgpass, .git-credentials, .aws, .docker/config.json, .env), and files that hold a private key or a token of a known form, or set a password, token or secret.',
    tone: 'danger',
    path: (path) => secretFile(path) !== null,
    content: (text) => secretIn(text) !== null || assigned.test(text),
  },
  {
    id: 'history',
    label: 'Shell history',
    meaning:
      'Histories: .bash_history and those of other shells, of Python, Node.js and databases; .lesshst, .viminfo, .wget-hsts, .selected_editor and what nano keeps.',
    tone: 'waste',
    path: all('history'),
  },
  {
    id: 'editor',
    label: 'Editor swap files and backups',
    meaning: 'Left by editors: .*.swp, .*.swo, *~, #*#, .#*, *.orig, *.rej.',
    tone: 'waste',
    path: all('swapFiles', 'backups'),
  },
  {
    id: 'caches',
    label: 'Package caches',
    meaning:
      'Downloads and lists of package managers: /var/cache/apt, /var/lib/apt/lists, /var/cache/yum and dnf, /var/cache/apk, pip, npm, yarn, cargo and Go caches.',
    tone: 'waste',
    path: (path) => isDownload(path) || isHomeCache(path),
  },
  {
    id: 'temporary',
    label: 'Temporary files',
    meaning: 'Everything below /tmp, /var/tmp and /run.',
    tone: 'waste',
    path: below('temporary'),
  },
  {
    id: 'logs',
    label: 'Logs',
    meaning: 'Everything below /var/log.',
    tone: 'waste',
    path: below('logs'),
  },
];

/** Ids of the rules that match the path alone. */
export const marksOfPath = (path: string): string[] =>
  reviewRules.filter((rule) => rule.path(path)).map((rule) => rule.id);

/** Bytes at the beginning of a file that content rules see. */
export const sniffedBytes = 64 * 1024;

/** Programs and packages contain such words without being secret. */
const looksWritten = (path: string) =>
  !/^\/(?:usr\/(?!local\/)|lib|bin|sbin|var\/(?:lib|cache|log)\/)/.test(path) &&
  !/\.(?:so|a|o|py|pyc|js|ts|rb|pl|pm|h|c|go|md|html|css|1|gz|xz|png|jpg)$/.test(path);

export function marksOfContent(path: string, beginning: Buffer): string[] {
  if (!looksWritten(path) || beginning.includes(0)) return [];
  const text = beginning.toString('utf8');
  return reviewRules.filter((rule) => rule.content?.(text)).map((rule) => rule.id);
}

export const isBelow = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(`${directory}/`);

/** Tests whether a path is excluded: by itself, by a directory above it, or by a rule. */
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
    if (chosen.some((rule) => rule.path(path))) return true;
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
      if (single.has(path.slice(0, end))) return true;
    return false;
  };
}
