import { expect, it } from 'vitest';
import { registryError } from '@/lib/engine/images/registry-errors';
import { AppError } from '@/lib/errors';
import { backoff, reasonText, transientReason } from './retry';

function failed(words: string): string | null {
  const reason = transientReason(registryError(words, 'h'));
  return reason && reasonText(reason);
}

it.each([
  ['received unexpected HTTP status: 503 Service Unavailable', 'registry answered 503'],
  [
    'unexpected status from PUT request to http://h:5003/v2/a/manifests/1: 502 Bad Gateway',
    'registry answered 502',
  ],
  ['error parsing HTTP 429 response body: invalid character', 'registry answered 429'],
  ['toomanyrequests: You have reached your pull rate limit', 'registry answered 429'],
  ['error parsing HTTP 408 response body: unexpected end', 'registry answered 408'],
  ['write tcp 127.0.0.1:1->127.0.0.1:5000: write: connection reset by peer', 'connection lost'],
  ['Put "http://h:5000/v2/a/blobs/uploads/x": EOF', 'connection lost'],
  ['net/http: TLS handshake timeout', 'registry did not answer in time'],
  ['dial tcp 10.0.0.1:5000: i/o timeout', 'registry did not answer in time'],
])('%s is worth a retry', (words, reason) => expect(failed(words)).toBe(reason));

it.each([
  'unexpected status from HEAD request to http://127.0.0.1:503/v2/a: 400 Bad Request',
  'error parsing HTTP 413 response body: invalid character',
  'received unexpected HTTP status: 507 Insufficient Storage',
  'unauthorized: authentication required',
  'dial tcp 127.0.0.1:1: connect: connection refused',
  'dial tcp: lookup nowhere: no such host',
  'x509: certificate signed by unknown authority',
  'manifest invalid: manifest invalid',
])('%s is not', (words) => expect(failed(words)).toBeNull());

it('what the registry refused is never repeated, whatever the words', () => {
  const reason = { kind: 'status', status: 503, words: '' } as const;
  expect(transientReason(new AppError('registry_denied', 'x', { reason }))).toBeNull();
});

it('waits longer each time, up to a limit', () => {
  expect([1, 2, 3, 4, 5].map(backoff)).toEqual([5, 10, 15, 20, 20]);
});
