/** Set by shells and terminals in every session, or by our recording script. */
const sessionVariables = new Set('PWD OLDPWD _ SHLVL TERM COLORTERM COLUMNS LINES'.split(' '));
export const isSessionVariable = (name: string): boolean =>
  sessionVariables.has(name) || /^(?:LW_[A-Z]+|__lw_\w*)$/.test(name);

/** Settings of an interactive shell and its user, which an image should not contain. */
const interactiveVariables = new Set(
  `PS0 PS1 PS2 PS4 PROMPT_COMMAND HISTFILE HISTSIZE HISTCONTROL HOME USER LOGNAME SHELL MAIL HOSTNAME LS_COLORS LESSOPEN
   LESSCLOSE EUID UID PPID OPTIND IFS ENV BASH_ENV TMOUT`.split(/\s+/),
);
export const isShellVariable = (name: string): boolean =>
  isSessionVariable(name) || interactiveVariables.has(name) || /^(?:BASH|LAYERWRIGHT|LW_)/.test(name);
