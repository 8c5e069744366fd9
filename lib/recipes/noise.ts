import { noisePattern } from '@/lib/known/noise';

/** Session traces that should not be reproduced. */
const traces = [noisePattern(['history', 'swapFiles']), /^\/root\/\.local(?:\/share)?$/];

/** Regenerated when needed, so not copied. */
const volatile = noisePattern([
  'temporary',
  'logs',
  'packageCaches',
  'homeCaches',
  'computed',
  'packageCopies',
  'packageLocks',
  'accountLocks',
  'leases',
  'engineMade',
]);

export const isTrace = (path: string): boolean => traces.some((rule) => rule.test(path));
export const isVolatile = (path: string): boolean => isTrace(path) || volatile.test(path);

/** Variables that shells set. */
const own = new Set(
  `PWD OLDPWD _ SHLVL PS0 PS1 PS2 PS4 PROMPT_COMMAND HISTFILE HISTSIZE HISTCONTROL TERM COLUMNS LINES HOME USER LOGNAME
   SHELL MAIL HOSTNAME LS_COLORS LESSOPEN LESSCLOSE EUID UID PPID OPTIND IFS ENV BASH_ENV TMOUT`.split(/\s+/),
);
export const isOwnVariable = (name: string): boolean =>
  own.has(name) || /^(?:BASH|LAYERWRIGHT|LW_)/.test(name);
