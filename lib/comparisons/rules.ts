import { noisePattern } from '@/lib/known/noise';

/** Paths that depend on the time of a build. They are shown, but not counted. */
interface TimeRule {
  id: string;
  label: string;
  meaning: string;
  path: RegExp;
}

export const timeRules: TimeRule[] = [
  { id: 'logs', label: 'Logs', meaning: 'Everything below /var/log.', path: noisePattern(['logs']) },
  {
    id: 'caches',
    label: 'Caches',
    meaning:
      'Everything below /var/cache and ~/.cache, downloaded package lists, the loader’s cache, what npm, yarn, cargo and Go keep, compiled Python.',
    path: noisePattern(['packageCaches', 'homeCaches', 'computed']),
  },
  {
    id: 'packages',
    label: 'Package databases with timestamps',
    meaning:
      'Those of rpm, yum and dnf; dpkg’s locks and backup copy; apk’s database and scripts. (Installed packages are compared by their files.)',
    path: noisePattern(['packageDatabases', 'packageCopies', 'packageLocks']),
  },
  {
    id: 'temporary',
    label: 'Temporary files',
    meaning: 'Everything below /tmp, /var/tmp and /run.',
    path: noisePattern(['temporary']),
  },
  {
    id: 'history',
    label: 'Session traces',
    meaning: 'Shell history, editor swap files, and state that editors and pagers save.',
    path: noisePattern(['history', 'swapFiles']),
  },
  {
    id: 'accounts',
    label: 'Account files with dates',
    meaning:
      '/etc/shadow, which holds the date of the last change, backup copies (/etc/passwd-, …) and locks.',
    path: noisePattern(['accounts', 'accountLocks']),
  },
  {
    id: 'identity',
    label: 'Generated on every machine',
    meaning: 'The machine id, SSH host keys, random seeds, DHCP leases.',
    path: noisePattern(['identity', 'leases']),
  },
];

export const timeRuleOf = (path: string): string | undefined =>
  timeRules.find((rule) => rule.path.test(path))?.id;

/** The engine puts these into every container, so that no image can be asked for its own. */
export const engineMade = noisePattern(['engineMade']);
export const engineMadeMeaning =
  '/dev, /proc, /sys, /etc/hosts, /etc/hostname, /etc/resolv.conf, /etc/mtab and /.dockerenv: the engine puts them into every container, so an image’s own cannot be read.';
