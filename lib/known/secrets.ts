/** Detects secrets: by the name of a variable, the path of a file, or a value. */

const secretWord =
  /(?:passwords?|passwd|passphrase|secrets?|credentials?|tokens?|(?:api|access|private|secret)_?keys?)\d*(?:_|$)|(?:^|_)(?:auth|keys?|pass|pword|pwd)\d*(?:_|$)/i;
/** Names that contain such a word but no secret: its location, name, public part, or a shell's directory. */
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
  [/(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, 'a JSON web token'],
  [/:\/\/[^/\s:@]+:[^/\s@$]+@/, 'an address with a password in it'],
];

/** The secret in a text: `a private key`, `a GitHub token`; null if none is recognized. */
export const secretIn = (text: string): string | null =>
  values.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** By file name. Example files are excluded. */
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

/** Why a path probably holds a secret, as a predicate: `often holds passwords`; null if it does not. */
export function secretFile(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byPlace = places.find(([pattern]) => pattern.test(path));
  const byName = example.test(name) ? undefined : files.find(([pattern]) => pattern.test(name));
  return (byPlace ?? byName)?.[1] ?? null;
}
