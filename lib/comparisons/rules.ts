/** Paths that differ with the time at which an image was made. They are shown, and do not count. */
export interface TimeRule {
  id: string;
  label: string;
  meaning: string;
  path: RegExp;
}

export const timeRules: TimeRule[] = [
  { id: 'logs', label: 'Logs', meaning: 'Everything below /var/log.', path: /^\/var\/log(?:\/|$)/ },
  {
    id: 'caches',
    label: 'Caches',
    meaning:
      'Everything below /var/cache and ~/.cache, downloaded package lists, the loader’s cache, npm’s own files, compiled Python.',
    path: /^\/var\/cache(?:\/|$)|^\/var\/lib\/apt\/(?:lists|periodic)(?:\/|$)|^\/etc\/ld\.so\.cache$|^\/(?:root|home\/[^/]+)\/\.(?:cache|npm)(?:\/|$)|\/__pycache__(?:\/|$)|\.pyc$|^\/etc\/apk\/cache/,
  },
  {
    id: 'packages',
    label: 'Package databases with times',
    meaning:
      'Of rpm, yum and dnf; of dpkg its locks and the copy from before; of apk its database and scripts. (Which packages are installed is seen by their files.)',
    path: /^\/(?:var|usr)\/lib\/(?:sysimage\/)?rpm(?:\/|$)|^\/var\/lib\/(?:yum|dnf)(?:\/|$)|^\/var\/lib\/dpkg\/(?:lock(?:-frontend)?|status-old|available-old|triggers\/Lock)$|^\/lib\/apk\/db(?:\/|$)/,
  },
  {
    id: 'temporary',
    label: 'Temporary files',
    meaning: 'Everything below /tmp, /var/tmp and /run.',
    path: /^\/(?:tmp|var\/tmp|run|var\/run)(?:\/|$)/,
  },
  {
    id: 'history',
    label: 'Traces of a session',
    meaning: 'Shell history and what editors and pagers remember.',
    path: /\/\.(?:(?:bash|ash|sh|zsh|python|node_repl)_history|lesshst|viminfo|wget-hsts|selected_editor)$|\/\.local\/share\/nano(?:\/|$)/,
  },
  {
    id: 'accounts',
    label: 'Account files with dates',
    meaning:
      '/etc/shadow, which holds the day of the last change, the copies that tools leave (/etc/passwd-, …), and locks.',
    path: /^\/etc\/(?:shadow|gshadow|(?:passwd|group|shadow|gshadow|subuid|subgid)-|\.pwd\.lock)$/,
  },
  {
    id: 'identity',
    label: 'Made anew on every machine',
    meaning: 'The machine’s id, host keys of SSH, random seeds.',
    path: /^\/etc\/machine-id$|^\/var\/lib\/dbus\/machine-id$|^\/etc\/ssh\/ssh_host_[^/]+$|^\/var\/lib\/(?:systemd\/random-seed|urandom)/,
  },
];

export const timeRuleOf = (path: string): string | undefined =>
  timeRules.find((rule) => rule.path.test(path))?.id;

/** The engine puts these into every container, so that no image can be asked for its own. */
export const engineMade = /^\/(?:\.dockerenv|dev|proc|sys|etc\/(?:hosts|hostname|resolv\.conf|mtab))(?:\/|$)/;
export const engineMadeMeaning =
  '/dev, /proc, /sys, /etc/hosts, /etc/hostname, /etc/resolv.conf, /etc/mtab and /.dockerenv: the engine puts them into every container, and no image can be asked for its own.';
