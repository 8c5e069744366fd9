import type { ContextWarning } from './schema';

/** Files that are rarely meant to go into an image, by their names. */
const secrets: [pattern: RegExp, what: string][] = [
  [/^id_(rsa|dsa|ecdsa|ed25519)$/, 'looks like a private SSH key'],
  [/\.(pem|key|p12|pfx|jks)$/i, 'looks like a key or certificate'],
  [/^\.env(\..+)?$/, 'often holds passwords'],
  [/^(\.npmrc|\.netrc|\.pypirc|\.htpasswd|\.git-credentials)$/, 'often holds passwords or tokens'],
  [/^(terraform\.tfstate|\.vault-token|kubeconfig)$/, 'often holds credentials'],
];
const examples = /\.(example|sample|template|dist)$/;
const credentialPaths: [ends: string, what: string][] = [
  ['.aws/credentials', 'holds credentials'],
  ['.docker/config.json', 'holds the passwords of registries'],
  ['.kube/config', 'holds credentials'],
];

/** Why a file that would be sent deserves a look, or null. */
export function warningOf(path: string, isDirectory: boolean): ContextWarning | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isDirectory) {
    if (name === '.git') return { path, why: 'the whole history of the repository would be sent' };
    return null;
  }
  const byPath = credentialPaths.find(([ends]) => path === ends || path.endsWith(`/${ends}`));
  const byName = examples.test(name) ? undefined : secrets.find(([pattern]) => pattern.test(name));
  const why = byPath?.[1] ?? byName?.[1];
  return why ? { path, why } : null;
}
