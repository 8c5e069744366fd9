import 'server-only';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bareHost } from '@/lib/addresses';
import { findGitRoute } from './addresses';
import { checkLogin } from './check-login';
import type { GitWorkplace } from './run-git';
import { formatGitUrl, type GitAddress, type GitLogin, type GitSettings } from './schema';
import { checkHostKeys, checkPrivateKey } from './ssh-keys';

/** Under which ssh looks up the server's keys, whatever its address. */
const hostAlias = 'repository';

/** For every run: no hooks, no helpers, no other transports, no redirects, no submodules. */
const strict: Record<string, string> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'credential.helper': '',
  'protocol.allow': 'never',
  'http.followRedirects': 'false',
  'http.lowSpeedLimit': '1000',
  'http.lowSpeedTime': '30',
  'http.proxy': '',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
  'transfer.fsckObjects': 'true',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'init.defaultBranch': 'main',
};

async function sshSettings(
  directory: string,
  address: GitAddress,
  ip: string,
  login: Extract<GitLogin, { kind: 'key' }>,
) {
  const file = (name: string) => path.join(directory, name);
  const knownHosts = checkHostKeys(login.hostKeys, address.host, address.port, hostAlias);
  await writeFile(file('ssh-key'), checkPrivateKey(login.key), { mode: 0o600 });
  await writeFile(file('ssh-hosts'), knownHosts, { mode: 0o600 });
  const settings = `Host *
  HostName ${ip}
  HostKeyAlias ${hostAlias}
  IdentityFile "${file('ssh-key')}"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "${file('ssh-hosts')}"
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  UpdateHostKeys no
  BatchMode yes
  PreferredAuthentications publickey
  ProxyCommand none
  PermitLocalCommand no
  ForwardAgent no
  ForwardX11 no
  ClearAllForwardings yes
  ControlPath none
  ConnectTimeout 20
  ServerAliveInterval 15
  ServerAliveCountMax 4
`;
  await writeFile(file('ssh-config'), settings, { mode: 0o600 });
  // The one text that a shell reads: it is always this one, and the path comes in the environment.
  return { GIT_SSH_COMMAND: 'ssh -F "$LAYERWRIGHT_SSH_CONFIG"', LAYERWRIGHT_SSH_CONFIG: file('ssh-config') };
}

const basic = (username: string, password: string) =>
  `Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Whatever the name server says the next time. */
function pinned({ protocol, host, port }: GitAddress, ip: string): Record<string, string> {
  const at = port ?? (protocol === 'https' ? 443 : 80);
  return { 'http.curloptResolve': `${bareHost(host)}:${at}:${ip.includes(':') ? `[${ip}]` : ip}` };
}

/**
 * Everything that one fetch needs to reach its repository and nothing else: the address looked up once and held to, the
 * login in the environment or in files that go with the directory.
 */
export async function openWorkplace(
  directory: string,
  address: GitAddress,
  login: GitLogin,
  { settings, signal }: { settings: GitSettings; signal: AbortSignal },
): Promise<GitWorkplace & { url: string }> {
  checkLogin(address, login);
  const route = await findGitRoute(address, settings);
  const base = { directory, signal, url: formatGitUrl(address) };
  const config = { ...strict, [`protocol.${address.protocol}.allow`]: 'always' };
  const env = { GIT_ALLOW_PROTOCOL: address.protocol };
  if (login.kind === 'key' && route.via === 'address')
    return {
      ...base,
      config,
      env: { ...env, ...(await sshSettings(directory, address, route.address, login)) },
    };
  return {
    ...base,
    env,
    config: {
      ...config,
      ...(route.via === 'proxy' ? { 'http.proxy': route.proxy } : pinned(address, route.address)),
      ...(login.kind === 'password' && { 'http.extraHeader': basic(login.username, login.password) }),
    },
  };
}
