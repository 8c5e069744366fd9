/** What looks like a secret: the name of a variable, the path of a file, a value. */

const secretWord =
  /(?:passwords?|passwd|passphrase|secrets?|credentials?|tokens?|(?:api|access|private|secret)_?keys?)\d*(?:_|$)|(?:^|_)(?:auth|keys?|pass|pword|pwd)\d*(?:_|$)/i;
/** Names that hold such a word and no secret: where it lies, what it is called, its public half, a shell's directory. */
const harmless =
  /(?:^|_)(?:public|pub|gpg)(?:_|$)|_(?:file|path|dir|id|name|url|type|length|ttl|server)$|^(?:old)?pwd$/i;

/** `DB_PASSWORD`, `apiKey`, `GITHUBTOKEN`; not `PASSWORD_FILE`. */
export function isSecretName(name: string): boolean {
  const parts = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[.-]/g, '_');
  return secretWord.test(parts) && !harmless.test(parts);
}

const values: [pattern: RegExp, what: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bgithub_pat_\w{20,}/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a Slack token'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, 'a JSON web token'],
  [/:\/\/[^/\s:@]+:[^/\s@$]+@/, 'an address with a password in it'],
];

/** What the text holds: `a private key`, `a GitHub token`; null for nothing known. */
export const secretIn = (text: string): string | null =>
  values.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** By the name of the file. What only shows how such a file looks is none. */
const files: [pattern: RegExp, what: string][] = [
  [/^id_(?:rsa|dsa|ecdsa|ed25519)$/, 'looks like a private SSH key'],
  [/\.(?:pem|key|p12|pfx|jks|keystore|kdbx)$/i, 'looks like a key or certificate'],
  [/^\.env(?:\..+)?$/, 'often holds passwords'],
  [/^\.(?:npmrc|netrc|pypirc|pgpass|my\.cnf|htpasswd|git-credentials)$/, 'often holds passwords or tokens'],
  [/^(?:terraform\.tfstate|\.vault-token|kubeconfig)$/, 'often holds credentials'],
];
const example = /\.(?:example|sample|template|dist)$/;

/** By the end of the path, or a directory in it. */
const places: [pattern: RegExp, what: string][] = [
  [/(?:^|\/)\.aws\/(?:credentials|config)$/, 'holds credentials'],
  [/(?:^|\/)\.docker\/config\.json$/, 'holds the passwords of registries'],
  [/(?:^|\/)\.kube\/config$/, 'holds credentials'],
  [/(?:^|\/)\.config\/gcloud(?:\/|$)/, 'holds credentials'],
  [/(?:^|\/)\.gnupg(?:\/|$)/, 'holds private keys'],
];

/** Why the file of this path is likely to be secret, as what is said of it: `often holds passwords`; null where it is not. */
export function secretFile(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byPlace = places.find(([pattern]) => pattern.test(path));
  const byName = example.test(name) ? undefined : files.find(([pattern]) => pattern.test(name));
  return (byPlace ?? byName)?.[1] ?? null;
}
