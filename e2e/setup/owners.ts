import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { findServiceUsers } from '@/bin/service-users.js';

/** The user of the web process that `npm start` chooses here. */
export const webUser = findServiceUsers(null)?.web.uid ?? 0;

/** What proc(5) says of a process. Ids: one number if all of its four are the same. */
export function statusOf(pid: number) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const line = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const id = (name: string) => {
    const ids = new Set(line(name).split('\t'));
    return ids.size === 1 ? Number([...ids][0]) : line(name);
  };
  const [Groups, CapEff, CapBnd, NoNewPrivs] = ['Groups', 'CapEff', 'CapBnd', 'NoNewPrivs'].map(line);
  return { Uid: id('Uid'), Gid: id('Gid'), Groups, CapEff, CapBnd, NoNewPrivs };
}

const readScript = `
  const [file] = process.argv.slice(1);
  const done = (error) => console.log(error?.code ?? 'ok') ?? process.exit();
  try {
    const stat = fs.lstatSync(file);
    if (stat.isSocket()) net.connect(file, () => done()).on('error', done);
    else if (stat.isDirectory()) done(void fs.readdirSync(file));
    else done(void fs.readFileSync(file));
  } catch (error) { done(error); }`;

/** What another user gets who reads a file, lists a directory or connects to a socket: `ok` or an error's code. */
export const readAs = (uid: number, file: string): string =>
  execFileSync(process.execPath, ['-e', readScript, file], {
    uid,
    gid: uid,
    cwd: '/',
    encoding: 'utf8',
  }).trim();

export const ownersOf = (directory: string, names: string[]): number[] =>
  names.map((name) => statSync(path.join(directory, name)).uid);

/** As a version that ran all as root leaves its data. */
export function giveAllToRoot(directory: string): void {
  execFileSync('chown', ['-R', '0:0', directory]);
  chmodSync(directory, 0o700);
}
