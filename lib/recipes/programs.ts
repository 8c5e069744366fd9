import type { Script, SimpleCommand } from '@/lib/shell/script';

/** Known programs by effect: read-only, interactive, installing. Unknown programs are assumed to have effects. */
const names = (text: string) => new Set(text.trim().split(/\s+/));

/** Change only the shell's directory, user or variables, which the recording reports. */
const shellState = names(
  'cd pushd popd export unset set source . alias unalias su bash sh dash ash zsh exit logout newgrp umask exec history fc jobs fg bg wait trap hash type read true : clear reset tput stty',
);

const readers = names(
  `ls ll dir cat less more head tail grep egrep fgrep zgrep rg find locate which whereis whatis man info help pwd echo
   printf ps top htop pstree df du free uptime env printenv id whoami who w groups date cal hostname uname arch stat
   file diff cmp wc sort uniq md5sum sha1sum sha256sum od hexdump xxd strings ldd nm readlink realpath basename dirname
   tree lsof netstat ss ip ifconfig ping ping6 traceroute dig nslookup host getent test [ expr seq sleep watch
   dmesg lsmod lscpu lsblk mount apt-cache rpm2cpio getcap locale lsattr`,
);

/** Full-screen editors and programs that prompt for input that is not recorded. */
const asking = names(
  'vi vim nvim view nano pico emacs mcedit mc joe jed micro ed ex sensible-editor visudo vipw vigr crontab passwd chfn chsh htpasswd dpkg-reconfigure mysql_secure_installation certbot ssh-keygen gpg',
);

const managers = {
  apt: names('apt apt-get aptitude'),
  dpkg: names('dpkg'),
  yum: names('yum'),
  dnf: names('dnf microdnf'),
  zypper: names('zypper'),
  apk: names('apk'),
  pacman: names('pacman'),
  pip: names('pip pip2 pip3'),
  npm: names('npm'),
} as const;
export type Manager = keyof typeof managers;

const wrappers = names('sudo doas env time nice nohup command');

/** The program of a simple command and its index, after `sudo` and similar. */
export function programOf({ words }: SimpleCommand): { name: string; index: number } | null {
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const value = word.value ?? word.text;
    const base = value.slice(value.lastIndexOf('/') + 1);
    const isWay =
      wrappers.has(base) ||
      ['do', 'then', 'else', 'if', 'while', 'until', '!', '{'].includes(value) ||
      (index > 0 && (value.startsWith('-') || /^\w+=/.test(value)));
    if (!isWay) return { name: base, index };
  }
  return null;
}

const values = (command: SimpleCommand) => command.words.map((word) => word.value ?? word.text);

export function managerOf(command: SimpleCommand): Manager | null {
  const program = programOf(command);
  if (!program) return null;
  if (/^python[\d.]*$/.test(program.name)) {
    const [flag, module] = values(command).slice(program.index + 1);
    return flag === '-m' && module === 'pip' ? 'pip' : null;
  }
  return (Object.keys(managers) as Manager[]).find((manager) => managers[manager].has(program.name)) ?? null;
}

/** `install`, `update`, …: the first argument that is not an option. */
export function verbOf(command: SimpleCommand): string {
  const program = programOf(command);
  const words = values(command).slice((program?.index ?? 0) + 1);
  const own = words[0] === '-m' ? words.slice(2) : words; // python -m pip
  return own.find((word) => !word.startsWith('-')) ?? '';
}

const writesFile = (command: SimpleCommand) =>
  command.redirects.some(
    ({ operator, target }) =>
      ['>', '>>', '>|', '&>'].includes(operator) &&
      !/^\/dev\/(null|stdout|stderr|tty)$/.test(target?.value ?? ''),
  );

const only = (command: SimpleCommand, set: ReadonlySet<string>) => {
  const program = programOf(command);
  return !program || (set.has(program.name) && !writesFile(command));
};

const shellNames = names('su bash sh dash ash zsh');

/** `sh install.sh`, `su -c …`: a non-interactive shell. */
function runsScript(command: SimpleCommand): boolean {
  const program = programOf(command);
  if (!program || !shellNames.has(program.name)) return false;
  const words = values(command).slice(program.index + 1);
  return words.includes('-c') || (program.name !== 'su' && words.some((word) => !word.startsWith('-')));
}

/** Only `cd`, `export`, `su` and similar. */
export const movesShell = (script: Script): boolean =>
  script.commands.length > 0 &&
  script.commands.every((command) => only(command, shellState) && !runsScript(command));

/** `. file` runs in this shell. */
export const sourcesFile = (script: Script): boolean =>
  script.commands.some((command) => ['source', '.', 'exec'].includes(programOf(command)?.name ?? ''));

export const onlyReads = (script: Script): boolean =>
  script.commands.every(
    (command) =>
      (only(command, readers) || (only(command, shellState) && !runsScript(command))) &&
      !(programOf(command)?.name === 'find' && values(command).some((word) => /^-(delete|exec)/.test(word))),
  );

/** An editor or a program that prompted: its files are copied. */
export const asks = (script: Script): boolean =>
  script.commands.some((command) => {
    const program = programOf(command);
    if (!program || !asking.has(program.name)) return false;
    // `htpasswd -b` and `ssh-keygen -N ''` do not prompt.
    if (program.name === 'htpasswd') return !values(command).some((word) => /^-\w*b/.test(word));
    if (program.name === 'ssh-keygen')
      return !values(command).includes('-N') && !values(command).includes('-A');
    if (program.name === 'crontab') return values(command).includes('-e');
    return true;
  });

/** `cat > file <<EOF` and similar: a file typed by hand. */
export const writesByHand = (script: Script): boolean =>
  script.hereDocuments.length > 0 &&
  script.commands.length === 1 &&
  ['cat', 'tee'].includes(programOf(script.commands[0]!)?.name ?? '') &&
  script.operators.length === 0;

const mutators = names(
  `tee cp mv install ln rm rmdir mkdir touch chmod chown chgrp sed perl awk python python3 patch tar unzip gunzip gzip
   useradd usermod userdel adduser groupadd addgroup deluser chpasswd make ninja cmake ldconfig update-alternatives
   update-ca-certificates systemctl a2enmod a2ensite a2dissite rsync dd truncate setcap mkfifo mknod crontab`,
);

/**
 * Whether a command without a listed change is still needed: the engine lists that a path differs from the image, not that
 * it changed again.
 */
export const mayChangeAgain = (script: Script): boolean =>
  script.commands.some((command) => {
    const program = programOf(command);
    return writesFile(command) || (program !== null && mutators.has(program.name) && !isQuery(command));
  });

function isQuery(command: SimpleCommand): boolean {
  const program = programOf(command)!;
  const words = values(command).slice(program.index + 1);
  if (program.name === 'tar') return /^-?-?[a-z]*t/.test(words[0] ?? '') && !/x|c/.test(words[0] ?? '');
  if (program.name === 'sed' || program.name === 'perl')
    return !words.some((word) => /^-\w*i|^--in-place/.test(word));
  if (['awk', 'python', 'python3', 'systemctl'].includes(program.name)) return true;
  return words.includes('--help') || words.includes('--version');
}

const placeless = names(
  'useradd usermod userdel adduser groupadd addgroup deluser systemctl a2enmod a2ensite a2dissite a2dismod ldconfig update-alternatives update-ca-certificates locale-gen chpasswd echo printf',
);
const packageFile = /\.(?:rpm|deb|apk|whl|tgz|tar\.gz)$|^\.{1,2}(?:\/|$)|requirements.*\.txt$|^-r$/;

/** Whether it depends on the directory: an argument may be a relative path. */
export const usesPlace = (script: Script): boolean =>
  script.commands.some((command) => {
    const program = programOf(command);
    if (!program) return false;
    const words = [
      ...command.words.slice(program.index + 1),
      ...command.redirects.flatMap(({ target }) => (target ? [target] : [])),
    ].map((word) => word.value ?? word.text);
    if (program.name === 'cd') return !(words[0] ?? '').startsWith('/');
    if (words.some((word) => word.startsWith('./') || word.startsWith('../'))) return true;
    const manager = managerOf(command);
    if (manager)
      return manager !== 'npm' ? words.some((word) => packageFile.test(word)) : !words.includes('-g');
    const own = command.words[program.index]!.text;
    if (own.includes('/') && !own.startsWith('/')) return true;
    if (placeless.has(program.name))
      return command.redirects.some(({ target }) => target && !target.text.startsWith('/'));
    if (program.name === 'make' && words.length === 0) return true;
    return words.some(
      (word, index) =>
        !/^[-/$"'`+]/.test(word) &&
        !/^\w+=/.test(word) &&
        !/^\w+:\/\//.test(word) &&
        !(index === 0 && ['chmod', 'chown', 'chgrp'].includes(program.name)) &&
        // Scripts of `sed` and similar, and numbers.
        !(['sed', 'awk', 'perl'].includes(program.name) && /[/{}]/.test(word)) &&
        !/^\d+$/.test(word),
    );
  });
