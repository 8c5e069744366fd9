import { describe, expect, test } from 'vitest';
import { formatRecipe } from './format';
import type { FileFacts, RecipeInput } from './input';
import { makeRecipe } from './recipe';
import type { RecipeCommand } from './schema';

type Change = RecipeCommand['changes'][number];
const added = (...paths: string[]): Change[] => paths.map((path) => ({ path, kind: 'added' }));
const changed = (...paths: string[]): Change[] => paths.map((path) => ({ path, kind: 'changed' }));

let counter = 0;
const command = (text: string, changes: Change[] = [], more: Partial<RecipeCommand> = {}): RecipeCommand => ({
  number: ++counter,
  text,
  directory: '/',
  user: 'root',
  shell: 'bash',
  exitCode: 0,
  changes,
  environment: [],
  ...more,
});

const file: FileFacts = { type: 'file', mode: 0o644, uid: 0, gid: 0 };
const directory: FileFacts = { ...file, type: 'directory', mode: 0o755 };

function recipe(commands: RecipeCommand[], more: Partial<RecipeInput> = {}) {
  counter = 0;
  const changes = more.changes ?? commands.flatMap((one) => one.changes);
  const files =
    more.files ?? new Map(changes.filter(({ kind }) => kind !== 'removed').map(({ path }) => [path, file]));
  return makeRecipe({
    base: 'rhel7',
    from: { user: '', workingDirectory: '' },
    to: { user: '', workingDirectory: '' },
    commands,
    uploads: [],
    instructions: [],
    ...more,
    changes,
    files,
  });
}

const linesOf = (commands: RecipeCommand[], more?: Partial<RecipeInput>) =>
  recipe(commands, more)
    .lines.slice(1)
    .map((line) => line.text);

describe('what stays', () => {
  test('only commands that changed something, in order; each line knows its commands', () => {
    const made = recipe([
      command('ls -l /etc'),
      command('mkdir /www', added('/www')),
      command('cat /etc/passwd | head'),
      command('echo hello > /www/index.html', added('/www/index.html')),
      command('ping -c1 registry-host'),
    ]);
    expect(made.lines).toEqual([
      { text: 'FROM rhel7', commands: [] },
      { text: 'RUN mkdir /www \\\n && echo hello > /www/index.html', commands: [2, 4] },
    ]);
    expect(made.dropped).toEqual([
      { command: 1, reason: 'nothing' },
      { command: 3, reason: 'nothing' },
      { command: 5, reason: 'nothing' },
    ]);
  });

  test('failed commands are dropped, and a repetition is kept once', () => {
    const made = recipe([
      command('yum install httpdd', [], { exitCode: 1 }),
      command('yum install httpd', changed('/usr/sbin'), {}),
      command('yum install httpd'),
      command('false', added('/half'), { exitCode: 2 }),
    ]);
    expect(made.lines[1]!.text).toMatch(/^RUN yum -y install httpd /);
    expect(made.dropped).toEqual([
      { command: 1, reason: 'failed' },
      { command: 3, reason: 'nothing' },
      { command: 4, reason: 'failed', note: 'Exited with code 2, but changed files.' },
    ]);
  });

  test('traces of the session and of daemons that were tried are no change', () => {
    const made = recipe([
      command('less /etc/hosts', added('/root/.lesshst')),
      command('httpd -k start', added('/run/httpd.pid', '/var/log/httpd/error_log')),
    ]);
    expect(made.lines).toHaveLength(1);
    expect(made.dropped.map(({ reason }) => reason)).toEqual(['noise', 'noise']);
  });

  test('a file that is changed once more is not in the engine’s list again, and its command stays', () => {
    const lines = linesOf([
      command('echo one > /etc/motd', changed('/etc/motd')),
      command('echo two >> /etc/motd'),
      command('sed -i s/one/three/ /etc/motd'),
      command('sed -n 1p /etc/motd'),
    ]);
    expect(lines).toEqual([
      'RUN echo one > /etc/motd \\\n && echo two >> /etc/motd \\\n && sed -i s/one/three/ /etc/motd',
    ]);
  });
});

describe('package managers', () => {
  test('apt: one layer with its clean-up, no questions, and apt-get for apt', () => {
    expect(
      linesOf([
        command('apt update', added('/var/lib/apt/lists/x')),
        command('apt install apache2', added('/usr/sbin/apache2')),
        command('apt-get install -y curl', added('/usr/bin/curl')),
      ]),
    ).toEqual([
      'RUN apt-get update \\\n && DEBIAN_FRONTEND=noninteractive apt-get -y install apache2 \\\n && DEBIAN_FRONTEND=noninteractive apt-get install -y curl \\\n && apt-get clean \\\n && rm -rf /var/lib/apt/lists/*',
    ]);
  });

  test('apt later on: the lists are fetched again, where the layer before took them out', () => {
    const made = recipe([
      command('apt-get update', added('/var/lib/apt/lists/x')),
      command('apt-get install -y a', added('/usr/bin/a')),
      command('useradd web', changed('/etc/passwd')),
      command('apt-get install -y b', added('/usr/bin/b')),
    ]);
    expect(made.lines.map(({ commands }) => commands)).toEqual([[], [1, 2], [3], [1, 4]]);
    expect(made.lines[3]!.text).toMatch(/^RUN apt-get update \\\n && DEBIAN/);
  });

  test('apt: package lists are fetched with the installation that needs them', () => {
    const made = recipe([
      command('apt-get update', added('/var/lib/apt/lists/x')),
      command('mkdir /data', added('/data')),
      command('apt-get install -y a', added('/usr/bin/a')),
    ]);
    expect(made.lines.slice(1).map(({ text, commands }) => [text.split(' \\')[0], commands])).toEqual([
      ['RUN mkdir /data', [2]],
      ['RUN apt-get update', [1, 3]],
    ]);
    const alone = recipe([command('apt-get update', added('/var/lib/apt/lists/x'))]);
    expect(alone.lines).toHaveLength(1);
    expect(alone.dropped).toEqual([{ command: 1, reason: 'noise' }]);
  });

  test('yum, with a clean-up of one’s own', () => {
    expect(
      linesOf([command('yum install httpd php', added('/usr/sbin/httpd')), command('yum clean all', [])]),
    ).toEqual(['RUN yum -y install httpd php \\\n && yum clean all \\\n && rm -rf /var/cache/yum']);
  });

  test.each([
    ['dnf install nginx', 'RUN dnf -y install nginx \\\n && dnf clean all \\\n && rm -rf /var/cache/dnf'],
    ['apk add nginx', 'RUN apk add nginx \\\n && rm -rf /var/cache/apk/*'],
    ['pip3 install flask', 'RUN pip3 install --no-cache-dir flask'],
    ['python3 -m pip install flask', 'RUN python3 -m pip install --no-cache-dir flask'],
    ['npm install -g pm2', 'RUN npm install -g pm2 \\\n && npm cache clean --force'],
    ['zypper in nginx', 'RUN zypper --non-interactive in nginx \\\n && zypper clean --all'],
    [
      'sudo yum install httpd',
      'RUN yum -y install httpd \\\n && yum clean all \\\n && rm -rf /var/cache/yum',
    ],
    ['rpm -i http://x/y.rpm', 'RUN rpm -i http://x/y.rpm'],
  ])('%s', (text, run) => {
    expect(linesOf([command(text, added('/usr/bin/x'))])).toEqual([run]);
  });
});

describe('exclusions of a commit', () => {
  const commands = () => [
    command('echo key > /srv/key; touch /srv/page', added('/srv/key', '/srv/page')),
    command('mkdir -p /work/a && touch /work/a/b', added('/work', '/work/a', '/work/a/b')),
    command('fetch --key /srv/key > /opt/data', added('/opt/data')),
  ];

  test('is removed again behind the last command that has to do with it', () => {
    const made = recipe(commands(), { leavesOut: true, changes: added('/srv/page', '/opt/data') });
    expect(made.lines.slice(1).map(({ text, note }) => [text, note])).toEqual([
      ['RUN echo key > /srv/key; touch /srv/page', undefined],
      ['RUN mkdir -p /work/a && touch /work/a/b \\\n && rm -rf /work', expect.any(String)],
      ['RUN fetch --key /srv/key > /opt/data \\\n && rm -rf /srv/key', expect.any(String)],
    ]);
  });

  test('is nothing where the commit was whole, and what a command removed is gone already', () => {
    const changes = added('/srv/page', '/opt/data');
    expect(linesOf(commands(), { changes }).join()).not.toContain('rm -rf');
    const removed = [...commands(), command('rm /srv/key', [{ path: '/srv/key', kind: 'removed' }])];
    expect(linesOf(removed, { leavesOut: true, changes }).join()).not.toContain('rm -rf /srv/key');
  });
});

describe('the shell', () => {
  test('cd becomes WORKDIR, where it matters, and the way back', () => {
    const made = recipe([
      command('cd /srv/src'),
      command('./configure --prefix=/usr', added('/srv/src/Makefile'), { directory: '/srv/src' }),
      command('make install', added('/usr/bin/tool'), { directory: '/srv/src' }),
      command('cd /etc'),
      command('mkdir /data', added('/data'), { directory: '/etc' }),
    ]);
    expect(made.lines.slice(1)).toEqual([
      { text: 'WORKDIR /srv/src', commands: [1] },
      { text: 'RUN ./configure --prefix=/usr \\\n && make install', commands: [2, 3] },
      { text: 'RUN mkdir /data', commands: [5] },
      { text: 'WORKDIR /', commands: [] },
    ]);
  });

  test('a directory that is made and then gone into is made by its own command', () => {
    expect(
      linesOf([
        command('mkdir /site', added('/site')),
        command('cd /site'),
        command('echo a > a', added('/site/a'), { directory: '/site' }),
        command('echo b > b', added('/site/b'), { directory: '/site' }),
      ]),
    ).toEqual(['RUN mkdir /site', 'WORKDIR /site', 'RUN echo a > a \\\n && echo b > b', 'WORKDIR /']);
  });

  test('export becomes ENV, a secret becomes ARG, and shell variables are dropped', () => {
    const made = recipe([
      command('export JAVA_HOME="/opt/java $X"', [], {
        environment: [
          { name: 'JAVA_HOME', value: '/opt/java $X' },
          { name: 'OLDPWD', value: '/' },
        ],
      }),
      command('export API_TOKEN=abc', [], { environment: [{ name: 'API_TOKEN', value: 'abc' }] }),
      command('unset JAVA_HOME', [], { environment: [{ name: 'JAVA_HOME', value: null }] }),
    ]);
    expect(made.lines.slice(1).map(({ text }) => text)).toEqual([
      'ENV JAVA_HOME="/opt/java \\$X"',
      'ARG API_TOKEN',
      'ENV JAVA_HOME=""',
    ]);
    expect(JSON.stringify(made)).not.toContain('abc');
    expect(made.dropped.map(({ reason }) => reason)).toEqual(['environment', 'environment', 'environment']);
  });

  test('a shell in the shell is no work of its own, whatever changed in it; a sourced file may be', () => {
    const made = recipe([
      command('dash', added('/srv/a')),
      command('touch /srv/a', added('/srv/a'), { shell: 'dash' }),
      command('exit', changed('/srv/a'), { shell: 'dash' }),
      command('. /etc/setup', added('/srv/b')),
    ]);
    expect(made.lines.slice(1).map(({ text }) => text)).toEqual(['RUN touch /srv/a', 'RUN . /etc/setup']);
    expect(made.dropped.map(({ reason }) => reason)).toEqual(['shell', 'shell']);
  });

  test('su becomes USER, and the last user is that of the commit', () => {
    const made = recipe(
      [
        command('su - web'),
        command('touch /home/web/a', added('/home/web/a'), { user: 'web' }),
        command('exit', [], { user: 'web' }),
        command('touch /b', added('/b')),
      ],
      { to: { user: 'web', workingDirectory: '/srv' } },
    );
    expect(made.lines.slice(1)).toEqual([
      { text: 'USER web', commands: [1] },
      { text: 'RUN touch /home/web/a', commands: [2] },
      { text: 'USER root', commands: [3] },
      { text: 'RUN touch /b', commands: [4] },
      { text: 'WORKDIR /srv', commands: [] },
      { text: 'USER web', commands: [] },
    ]);
  });

  test('bash syntax and multi-line loops are kept unchanged', () => {
    expect(
      linesOf([
        command('mkdir -p /srv/{a,b}', added('/srv/a')),
        command('for n in 1 2\ndo touch /x$n\ndone', added('/x1'), { shell: 'ash' }),
        command('touch a; touch b', added('/a')),
        command('chmod 600 a', changed('/a')),
      ]),
    ).toEqual([
      'RUN ["/bin/bash","-c","mkdir -p /srv/{a,b}"]',
      'RUN ["/bin/sh","-c","for n in 1 2\\ndo touch /x$n\\ndone"]',
      'RUN { touch a; touch b; } \\\n && chmod 600 a',
    ]);
  });
});

describe('files', () => {
  test('files from an editor or a here-document are copied, with their owner', () => {
    const made = recipe(
      [
        command('vi /etc/httpd/site.conf', added('/etc/httpd/site.conf', '/root/.viminfo')),
        command('vi site.conf', [], { directory: '/etc/httpd' }),
        command('cat > /srv/run.sh <<EOF\n#!/bin/sh\nEOF', added('/srv/run.sh')),
        command('chmod +x /srv/run.sh'),
        command('echo "Listen 80" >> site.conf', changed('/etc/httpd/site.conf'), {
          directory: '/etc/httpd',
        }),
      ],
      {
        files: new Map([
          ['/etc/httpd/site.conf', { ...file, uid: 48, gid: 48 }],
          ['/srv/run.sh', file],
        ]),
      },
    );
    expect(made.lines.slice(1)).toEqual([
      { text: 'COPY --chown=48:48 files/etc/httpd/site.conf /etc/httpd/site.conf', commands: [1] },
      { text: 'COPY files/srv/run.sh /srv/run.sh', commands: [3] },
    ]);
    // It is copied as it was in the end: what came later would come twice.
    expect(made.dropped.map(({ reason }) => reason)).toEqual(['file', 'file', 'file', 'file', 'file']);
    expect(made.files).toEqual([
      { path: '/etc/httpd/site.conf', source: 'files/etc/httpd/site.conf' },
      { path: '/srv/run.sh', source: 'files/srv/run.sh' },
    ]);
  });

  test('an upload is copied after its command; a missing one is noted', () => {
    const made = recipe([command('tar xf /tmp/site.tar -C /srv', added('/srv/index.html'))], {
      uploads: [
        { path: '/opt/logo.png', afterCommand: 1 },
        { path: '/tmp/site.tar', afterCommand: 0 },
      ],
      files: new Map([
        ['/srv/index.html', file],
        ['/opt/logo.png', file],
      ]),
    });
    expect(made.lines.slice(1).map(({ text }) => text.slice(0, 40))).toEqual([
      '# /tmp/site.tar was put in from the brow',
      'RUN tar xf /tmp/site.tar -C /srv',
      'COPY files/opt/logo.png /opt/logo.png',
    ]);
  });

  test('unexplained paths are copied or added as one archive; removed ones are removed', () => {
    const few = recipe([], { changes: [...added('/etc/a b'), { path: '/etc/gone', kind: 'removed' }] });
    expect(few.lines.slice(1).map(({ text }) => text)).toEqual([
      'COPY ["files/etc/a b","/etc/a b"]',
      'RUN rm -rf /etc/gone',
    ]);
    const deep = new Map([
      ['/srv', directory],
      ['/srv/page', file],
    ]);
    expect(recipe([], { changes: added('/srv', '/srv/page'), files: deep }).lines[1]!.text).toBe(
      'COPY files/srv/page /srv/page',
    );
    const closed = new Map([...deep, ['/srv', { ...directory, mode: 0o700 }] as const]);
    expect(recipe([], { changes: added('/srv', '/srv/page'), files: closed }).lines[1]!.text).toBe(
      'ADD files.tar /',
    );
    const paths = Array.from({ length: 30 }, (_, index) => `/srv/f${index}`);
    const many = recipe([], {
      changes: [...added('/srv', ...paths, '/tmp/x', '/root/.bash_history'), ...changed('/etc')],
      files: new Map<string, FileFacts>([
        ['/etc', directory],
        ['/srv', directory],
        ...paths.map((path): [string, FileFacts] => [path, file]),
        ['/tmp/x', file],
      ]),
    });
    expect(many.lines[1]!.text).toBe('ADD files.tar /');
    expect(many.rest).toEqual(paths);
  });

  test('an empty recording gives the base image, with the instructions of the commit', () => {
    expect(linesOf([], { instructions: ['EXPOSE 80', 'CMD ["httpd"]'] })).toEqual([
      'EXPOSE 80',
      'CMD ["httpd"]',
    ]);
  });
});

test('the text has its origins line by line', () => {
  const { text, origins } = formatRecipe(
    recipe([command('mkdir /a', added('/a')), command('touch /a/b', added('/a/b'))], {
      instructions: ['EXPOSE 80'],
    }),
  );
  expect(text).toBe('FROM rhel7\n\nRUN mkdir /a \\\n && touch /a/b\n\nEXPOSE 80\n');
  expect(origins.map(({ commands }) => commands)).toEqual([[], [], [1, 2], [1, 2], [], []]);
});
