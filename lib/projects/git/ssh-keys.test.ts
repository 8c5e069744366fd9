import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkHostKeys, checkPrivateKey } from './ssh-keys';

const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIGhvc3RrZXlob3N0a2V5aG9zdGtleWhvc3RrZXlob3N0';

test('a private key is taken whole, with its last line end', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  expect(checkPrivateKey(`  ${privateKey.replaceAll('\n', '\r\n')}`)).toBe(privateKey);
});

test('half a key, a public one and one with a passphrase are refused at their field', () => {
  for (const text of ['', '-----BEGIN OPENSSH PRIVATE KEY-----\nabc', `ssh-ed25519 ${key}`])
    expect(() => checkPrivateKey(text)).toThrow('Paste the whole private key');
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  expect(() => checkPrivateKey(privateKey)).toThrow('passphrase');
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    Buffer.from([0, 0, 0, 10]),
    Buffer.from('aes256-ctr'),
  ]);
  const openssh = `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
  expect(() => checkPrivateKey(openssh)).toThrow('passphrase');
});

test('of a known_hosts file only the lines of the host are kept, plain or hashed', () => {
  const salt = Buffer.from('0123456789abcdefghij').toString('base64');
  const hash = createHmac('sha1', Buffer.from(salt, 'base64')).update('example.org').digest('base64');
  const text = `# comment
other.org ssh-ed25519 ${key}
example.org,10.0.0.1 ssh-ed25519 ${key}
|1|${salt}|${hash} ssh-rsa ${key}
[example.org]:2222 ecdsa-sha2-nistp256 ${key}
@cert-authority example.org ssh-rsa ${key}
`;
  expect(checkHostKeys(text, 'example.org', null, 'alias')).toBe(
    `alias ssh-ed25519 ${key}\nalias ssh-rsa ${key}\n`,
  );
  expect(checkHostKeys(text, 'example.org', 2222, 'alias')).toBe(`alias ecdsa-sha2-nistp256 ${key}\n`);
  expect(checkHostKeys(`ssh-ed25519 ${key} comment`, 'x.org', 22, 'alias')).toBe(
    `alias ssh-ed25519 ${key}\n`,
  );
  expect(() => checkHostKeys(text, 'third.org', null, 'alias')).toThrow('No host key for third.org');
});
