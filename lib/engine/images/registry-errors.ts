import { AppError, type ErrorReason } from '@/lib/errors';
import { type ErrorRule, matchRule } from '@/lib/errors/rules';
import { sentence } from '@/lib/engine/wire/errors';
import { decided } from '@/lib/registry/decided';

/** Engines report what a registry said only as text, and the text differs by version and image store. */

const noLogin: ErrorRule = {
  pattern: /no basic auth credentials|authorization failed: no basic auth/i,
  code: 'registry_denied',
  message: '{host} requires a login, and none was sent.',
  hint: 'Store a user name and password for this registry.',
};

const wrongLogin: ErrorRule = {
  pattern:
    /unauthorized|authentication required|incorrect username or password|authorization failed|failed with status: 401|\b401\b/i,
  code: 'registry_denied',
  message: '{host} refused the user name or password.',
  hint: 'Check the login that is stored for this registry.',
  reason: { kind: 'unauthorized' },
};

const rules: ErrorRule[] = [
  { pattern: /request entity too large|(?:\bHTTP|status:?|: )\s?413\b/i, ...decided[413] },
  { pattern: /insufficient storage|(?:\bHTTP|status:?|: )\s?507\b/i, ...decided[507] },
  {
    pattern: /no space left on device|ENOSPC|disk quota exceeded|"?Err"?:\s?28\b/i,
    code: 'storage_full',
    message: 'The disk is full, at {host} or at the engine.',
    hint: 'Free disk space there and try again; transferred layers are not sent again.',
  },
  {
    pattern:
      /tag does not exist|image does not exist locally|does not exist locally with the tag|failed to find image/i,
    code: 'not_found',
    message: 'The engine has no such image to push: {words}',
  },
  {
    pattern: /missing content: |content digest sha256:\w+: not found/i,
    code: 'conflict',
    message: 'The image is for several platforms, and the engine does not have all of them.',
    hint: 'Push from an engine that has them, or copy the image with a registry client such as skopeo or crane.',
  },
  {
    pattern: /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake/i,
    code: 'registry_unreachable',
    message: '{host} speaks plain HTTP, but the engine uses HTTPS.',
    hint: `Give the registry a certificate, or add "{host}" to insecure-registries in the engine's daemon.json.`,
    reason: { kind: 'plain-http' },
  },
  {
    pattern: /certificate signed by unknown authority|unable to verify the first certificate/i,
    code: 'registry_unreachable',
    message: 'The engine does not know who signed the certificate of {host}.',
    hint: "Put the authority's certificate at /etc/docker/certs.d/{host}/ca.crt on the engine's host; no restart is needed.",
    reason: { kind: 'tls' },
  },
  {
    pattern:
      /x509:|certificate (?:is valid for|has expired|is not valid|required)|cannot validate certificate/i,
    code: 'registry_unreachable',
    message: 'The certificate of {host} is not accepted: {words}',
    hint: 'Renew it, or use the name of the registry that it was made for.',
    reason: { kind: 'tls' },
  },
  {
    pattern: /tls: |remote error: tls|client sent an HTTP request to an HTTPS/i,
    code: 'registry_unreachable',
    message: 'The engine and {host} could not agree on an encrypted connection.',
    hint: 'Check the port and whether the registry speaks HTTPS there.',
    reason: { kind: 'tls' },
  },
  {
    pattern: /no such host|name resolution|server misbehaving|lookup .*: (?:no|i\/o|Temporary)/i,
    code: 'registry_unreachable',
    message: "The engine's host cannot resolve {hostname}.",
    hint: 'Check the spelling, and the DNS or /etc/hosts of the machine on which the engine runs.',
  },
  {
    pattern: /connection refused/i,
    code: 'registry_unreachable',
    message: 'Connection refused by {host}.',
    hint: 'Check that the registry runs and that the port is right.',
  },
  {
    pattern:
      /no route to host|network is unreachable|i\/o timeout|TLS handshake timeout|deadline exceeded|Client\.Timeout|request canceled while waiting/i,
    code: 'registry_unreachable',
    message: '{host} does not answer the engine.',
    hint: "Check the network between the engine's host and the registry.",
  },
  {
    pattern: /toomanyrequests|too many requests|\b429\b|rate limit/i,
    code: 'registry_failed',
    message: '{host} is rate limiting: too many requests.',
    hint: 'Try again later, or sign in for a higher limit.',
  },
  noLogin,
  {
    pattern:
      /manifest unknown|manifest for .* not found|name unknown|repository .* not found|not found: manifest/i,
    code: 'not_found',
    message: '{host} has no such image: {words}',
  },
  wrongLogin,
  {
    // Docker Hub and others give the same message for a missing and for a private repository.
    pattern: /pull access denied/i,
    code: 'registry_denied',
    message: '{host} has no such image, or does not show it to this login.',
    hint: 'Check the name. A private image needs a stored login that may read it.',
  },
  {
    pattern: /denied|forbidden|insufficient_scope|\b403\b/i,
    code: 'registry_denied',
    message: '{host} does not allow this: {words}',
    hint: 'The login may lack the right, or the repository does not exist there.',
  },
  {
    pattern: /\b404\b|: not found$/i,
    code: 'not_found',
    message: '{host} has no such image: {words}',
  },
  {
    pattern:
      /\b50\d\b|internal server error|bad gateway|service unavailable|unexpected EOF|connection reset|broken pipe/i,
    code: 'registry_failed',
    message: '{host} failed: {words}',
    hint: 'Try again; layers that arrived are not sent again. If it keeps failing, check the log of the registry: its disk may be full.',
  },
  {
    // Podman before 6 answers so at this path (pkg/api/handlers/compat/unsupported.go).
    pattern: /Path \S+ is not supported/i,
    code: 'registry_failed',
    message: '{host}: {words}',
    reason: { kind: 'unsupported' },
  },
];

/** For messages that are the same for a refused and for a missing login. */
const withoutLogin = rules.map((rule) =>
  rule === wrongLogin ? { ...noLogin, pattern: wrongLogin.pattern } : rule,
);

/** The reason of a failure that may be temporary: the registry is busy or the connection was lost. */
const reasons: [pattern: RegExp, kind: ErrorReason['kind'], status?: number][] = [
  [/toomanyrequests|too many requests/i, 'status', 429],
  // `received unexpected HTTP status: 503 Service Unavailable`, `unexpected status from PUT request to …: 502 Bad Gateway`
  [/(?:[\s:(])(408|429|5(?!07)\d\d) [A-Z][a-z]+/, 'status'],
  [/\bHTTP (408|429|5(?!07)\d\d)\b/i, 'status'],
  [
    /connection reset|broken pipe|unexpected EOF|: EOF\b|closed network connection|server closed idle/i,
    'connection-lost',
  ],
  [/i\/o timeout|deadline exceeded|handshake timeout|awaiting headers/i, 'timeout'],
];

function reasonOf(words: string): ErrorReason | undefined {
  for (const [pattern, kind, known] of reasons) {
    const match = pattern.exec(words);
    if (match) return kind === 'status' ? { kind, status: known ?? Number(match[1]), words } : { kind };
  }
  return undefined;
}

/**
 * Explains an engine's message about a registry, from a stream or from an answer. `hasLogin` distinguishes a refused
 * login from a missing one where the engine's message is the same for both.
 */
export function registryError(message: string, host: string, hasLogin = true): AppError {
  const words = sentence(message.slice(0, 2000)) || 'no reason was given.';
  const reason = reasonOf(message);
  const values = { host, hostname: host.replace(/:\d+$/, ''), words };
  return (
    matchRule(hasLogin ? rules : withoutLogin, message, { values, reason }) ??
    new AppError('registry_failed', `${host}: ${words}`, { cause: new Error(message), reason })
  );
}
