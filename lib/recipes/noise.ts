/** Traces that any session leaves, and that nobody wants to have again. */
const traces = [
  /\/\.(?:(?:bash|ash|sh|zsh|python|node_repl)_history|lesshst|viminfo|wget-hsts|selected_editor)$/,
  /\/\.[^/]*\.sw[a-p]$/,
  /\/\.local\/share\/nano(?:\/|$)/,
  /^\/root\/\.local(?:\/share)?$/,
];

/** Made anew by whoever needs it: a path that only these explain is not taken along. */
const volatile = [
  /^\/(?:tmp|run|var\/tmp|var\/run|var\/log|var\/cache)(?:\/|$)/,
  /^\/var\/lib\/(?:apt\/lists|apt\/periodic|dpkg\/lock|dhcp)/,
  /^\/etc\/(?:ld\.so\.cache|\.pwd\.lock|mtab)$/,
  /^\/(?:proc|sys|dev)(?:\/|$)/,
];

export const isTrace = (path: string): boolean => traces.some((rule) => rule.test(path));
export const isVolatile = (path: string): boolean =>
  isTrace(path) || volatile.some((rule) => rule.test(path));

/** Variables that a shell sets by itself. */
const own = new Set(
  `PWD OLDPWD _ SHLVL PS0 PS1 PS2 PS4 PROMPT_COMMAND HISTFILE HISTSIZE HISTCONTROL TERM COLUMNS LINES HOME USER LOGNAME
   SHELL MAIL HOSTNAME LS_COLORS LESSOPEN LESSCLOSE EUID UID PPID OPTIND IFS ENV BASH_ENV TMOUT`.split(/\s+/),
);
export const isOwnVariable = (name: string): boolean =>
  own.has(name) || /^(?:BASH|LAYERWRIGHT|LW_)/.test(name);

export const looksSecret = (name: string): boolean =>
  /(?:pass(?:word|wd)?|secret|token|api_?key|access_?key|private_?key|credential)/i.test(name);
