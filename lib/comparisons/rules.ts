import { noisePattern } from '@/lib/known/noise';

/** Paths that differ with the time at which an image was made. They are shown, and do not count. */
export interface TimeRule {
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
    label: 'Package databases with times',
    meaning:
      'Of rpm, yum and dnf; of dpkg its locks and the copy from before; of apk its database and scripts. (Which packages are installed is seen by their files.)',
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
    label: 'Traces of a session',
    meaning: 'Shell history, swap files of editors, and what editors and pagers remember.',
    path: noisePattern(['history', 'swapFiles']),
  },
  {
    id: 'accounts',
    label: 'Account files with dates',
    meaning:
      '/etc/shadow, which holds the day of the last change, the copies that tools leave (/etc/passwd-, …), and locks.',
    path: noisePattern(['accounts', 'accountLocks']),
  },
  {
    id: 'identity',
    label: 'Made anew on every machine',
    meaning: 'The machine’s id, host keys of SSH, random seeds, leases of DHCP.',
    path: noisePattern(['identity', 'leases']),
  },
];

export const timeRuleOf = (path: string): string | undefined =>
  timeRules.find((rule) => rule.path.test(path))?.id;

/** The engine puts these into every container, so that no image can be asked for its own. */
export const engineMade = noisePattern(['engineMade']);
export const engineMadeMeaning =
  '/dev, /proc, /sys, /etc/hosts, /etc/hostname, /etc/resolv.conf, /etc/mtab and /.dockerenv: the engine puts them into every container, and no image can be asked for its own.';
