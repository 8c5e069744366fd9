import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { newDirectory } from './environment';
import { inspectImage } from './steps-engine';

const run = promisify(execFile);

export const debianImage = 'layerwright-debian:made-here';

/** Mirror and release of this machine's apt-get. */
async function ownMirror(): Promise<{ release: string; mirror: string }> {
  const { stdout } = await run('apt-get', [
    'indextargets',
    '--format',
    '$(SITE) $(CODENAME) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const [mirror, release] =
    stdout
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, name = '', component]) => component === 'main' && /^[a-z]+$/.test(name)) ?? [];
  if (!mirror || !release) throw new Error(`apt-get names no mirror of a release:\n${stdout}`);
  return { mirror, release };
}

/** Settings of this machine's apt-get: proxies, timeouts, whether old indexes are accepted. */
async function ownWays(): Promise<string> {
  const { stdout } = await run('apt-config', ['dump']);
  return stdout
    .split('\n')
    .filter((line) => /^Acquire::(https?|Check-|Retries|ForceIPv)/.test(line) && !line.endsWith('"";'))
    .join('\n');
}

/** Equivalent of `docker import` of a directory. */
export function importDirectory(address: string, image: string, directory: string, args: string[] = []) {
  const tar = spawn('tar', ['-C', directory, '--one-file-system', ...args, '-c', '.']);
  return importTar(address, image, tar.stdout);
}

const importTar = (address: string, image: string, tar: NodeJS.ReadableStream) =>
  new Promise<void>((resolve, reject) => {
    const [repo, tag] = image.split(':');
    const request = http.request(
      {
        socketPath: address.replace('unix://', ''),
        method: 'POST',
        path: `/images/create?fromSrc=-&repo=${repo}&tag=${tag}`,
        headers: { 'content-type': 'application/x-tar' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () =>
          response.statusCode === 200 && !text.includes('"error"') ? resolve() : reject(new Error(text)),
        );
      },
    );
    request.on('error', reject);
    tar.pipe(request);
  });

/** A small Debian system made by debootstrap from the machine's mirror, without a command; made once. */
export async function debianBase(address: string): Promise<void> {
  if (await inspectImage(address, debianImage)) return;
  const { release, mirror } = await ownMirror();
  const root = newDirectory('debian');
  await run('debootstrap', ['--variant=minbase', release, root, mirror], { maxBuffer: 64 * 1024 * 1024 });
  writeFileSync(path.join(root, 'etc/apt/apt.conf.d/90machine'), `${await ownWays()}\n`);
  const leftOut = ['./var/cache/apt/archives/*.deb', './var/lib/apt/lists/*'];
  const exclusions = leftOut.map((pattern) => `--exclude=${pattern}`);
  await importDirectory(address, debianImage, root, exclusions);
}
