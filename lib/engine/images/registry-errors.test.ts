import { expect, test } from 'vitest';
import type { ErrorCode } from '@/lib/errors';
import { registryError } from './registry-errors';

/** Recorded messages of Docker 20.10 to 28 with both image stores, and of Podman. */
const texts: [cause: string, code: ErrorCode, text: string][] = [
  [
    'unknown host',
    'registry_unreachable',
    'Get "https://nohost.example:5000/v2/": dial tcp: lookup nohost.example on 10.0.0.53:53: no such host',
  ],
  [
    'unknown host',
    'registry_unreachable',
    'Get "https://x.example/v2/": dial tcp: lookup x.example: Temporary failure in name resolution',
  ],
  [
    'refused',
    'registry_unreachable',
    'Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
  ],
  [
    'plain HTTP',
    'registry_unreachable',
    'Get "https://192.0.2.7:5000/v2/": http: server gave HTTP response to HTTPS client',
  ],
  [
    'unknown authority',
    'registry_unreachable',
    'Get "https://reg.example/v2/": x509: certificate signed by unknown authority',
  ],
  [
    'unknown authority',
    'registry_unreachable',
    'failed to do request: Head "https://reg.example/v2/x/blobs/sha256:0": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'certificate',
    'registry_unreachable',
    'Get "https://reg.example/v2/": x509: certificate is valid for other.example, not reg.example',
  ],
  [
    'timeout',
    'registry_unreachable',
    'Get "https://192.0.2.1/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
  ],
  ['timeout', 'registry_unreachable', 'dial tcp 192.0.2.1:443: i/o timeout'],
  ['no login', 'registry_denied', 'no basic auth credentials'],
  ['no login', 'registry_denied', 'Head "http://127.0.0.1:5001/v2/x/manifests/1": no basic auth credentials'],
  ['wrong login', 'registry_denied', 'unauthorized: authentication required'],
  [
    'wrong login',
    'registry_denied',
    'login attempt to http://127.0.0.1:5001/v2/ failed with status: 401 Unauthorized',
  ],
  [
    'wrong login',
    'registry_denied',
    'unknown: unexpected status from HEAD request to http://127.0.0.1:5001/v2/x/blobs/sha256:0: 401 Unauthorized',
  ],
  [
    'wrong login',
    'registry_denied',
    'push access denied, repository does not exist or may require authorization: authorization failed: authorization failed',
  ],
  ['not allowed', 'registry_denied', 'denied: requested access to the resource is denied'],
  [
    'missing or private',
    'registry_denied',
    "pull access denied for nobody/none, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ],
  [
    'not allowed',
    'registry_denied',
    'unexpected status from POST request to https://reg.example/v2/x/blobs/uploads/: 403 Forbidden',
  ],
  [
    'missing',
    'not_found',
    'manifest for 127.0.0.1:5001/none:latest not found: manifest unknown: manifest unknown',
  ],
  ['missing', 'not_found', 'tag does not exist: 127.0.0.1:5001/x:1'],
  ['missing', 'not_found', 'An image does not exist locally with the tag: 127.0.0.1:9/x'],
  [
    'full',
    'storage_full',
    'failed to register layer: Error processing tar file(exit status 1): write /x: no space left on device',
  ],
  ['too large', 'too_large', "error parsing HTTP 413 response body: invalid character '<' looking for"],
  [
    'too large',
    'too_large',
    'unexpected status from PUT request to https://reg.example/v2/x/blobs/uploads/y: 413 Request Entity Too Large',
  ],
  ['registry full', 'storage_full', 'received unexpected HTTP status: 507 Insufficient Storage'],
  ['busy', 'registry_failed', 'toomanyrequests: You have reached your pull rate limit.'],
  ['5xx', 'registry_failed', 'received unexpected HTTP status: 503 Service Unavailable'],
  [
    '5xx',
    'registry_failed',
    'unexpected status from PUT request to http://x/v2/y/manifests/1: 500 Internal Server Error',
  ],
  ['else', 'registry_failed', 'some words that nobody foresaw'],
  ['nothing', 'registry_failed', ''],
];

test.each(texts)('%s is %s: %s', (_cause, code, text) => {
  const error = registryError(text, 'reg.example:5000');
  expect(error.code).toBe(code);
  expect(error.message).not.toBe('');
  expect(error.message).toMatch(/[.!?…]$/);
});

test('an unknown authority comes with the place for its certificate on the host of the engine', () => {
  const error = registryError('x509: certificate signed by unknown authority', 'reg.example:5000');
  expect(error.hint).toContain('/etc/docker/certs.d/reg.example:5000/ca.crt');
});

test('plain HTTP comes with the setting that allows it', () => {
  const error = registryError('http: server gave HTTP response to HTTPS client', '192.0.2.7:5000');
  expect(error.hint).toContain('insecure-registries');
  expect(error.message).toBe('192.0.2.7:5000 speaks plain HTTP, but the engine uses HTTPS.');
});

test('a very long text of a registry is cut', () => {
  expect(registryError('x'.repeat(100_000), 'h').message.length).toBeLessThan(2100);
});

test('a refused login and a missing one are told apart even where the engine says the same', () => {
  const text =
    'push access denied, repository does not exist or may require authorization: authorization failed';
  expect(registryError(text, 'h').message).toBe('h refused the user name or password.');
  expect(registryError(text, 'h', false).message).toBe('h requires a login, and none was sent.');
});

test('a port or a digest with the digits of a status is no status', () => {
  const text = 'Get "http://reg.example:507/v2/413/": dial tcp 10.0.0.1:413: connect: connection refused';
  expect(registryError(text, 'h').code).toBe('registry_unreachable');
});

test('a full registry is told apart from a full disk that may be the engine’s', () => {
  expect(registryError('received unexpected HTTP status: 507 Insufficient Storage', 'h').message).toBe(
    'The storage of h is full (507).',
  );
});
