import 'server-only';
import { createHmac } from 'node:crypto';
import { AppError } from '@/lib/errors';

const fieldError = (field: 'login.key' | 'login.hostKeys', message: string) =>
  new AppError('invalid_input', message, { fields: { [field]: message } });

/** Of an OpenSSH key file: the name of the cipher stands behind the magic. */
function isEncrypted(key: string): boolean {
  if (/ENCRYPTED/.test(key)) return true;
  const body = /BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(key)?.[1];
  if (!body) return false;
  const bytes = Buffer.from(body.replace(/\s/g, ''), 'base64');
  const start = 'openssh-key-v1\0'.length;
  const length = bytes.length > start + 4 ? bytes.readUInt32BE(start) : 0;
  return bytes.toString('latin1', start + 4, start + 4 + length) !== 'none';
}

/** A private key as ssh reads it, or an error that names the field. */
export function checkPrivateKey(text: string): string {
  const key = `${text.replaceAll('\r\n', '\n').trim()}\n`;
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\s\S]+\n-----END [A-Z ]*PRIVATE KEY-----\n$/.test(key))
    throw fieldError('login.key', 'Paste the whole private key, from “-----BEGIN” to “-----END … KEY-----”.');
  if (isEncrypted(key)) throw fieldError('login.key', 'This key has a passphrase. Create a key without one.');
  return key;
}

const keyTypes = /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+)$/;

/** Whether the first field of a known_hosts line, plain or hashed, is this host. */
function names(field: string, host: string): boolean {
  if (!field.startsWith('|1|')) return field.split(',').includes(host);
  const [, , salt, hash] = field.split('|');
  return (
    createHmac('sha1', Buffer.from(salt ?? '', 'base64'))
      .update(host)
      .digest('base64') === hash
  );
}

/**
 * The keys that a server is known by, for one host: lines as of known_hosts or `ssh-keyscan`, or `type key` alone. Lines
 * for other hosts are left out, so that a whole known_hosts file can be pasted. Written for the alias under which ssh
 * looks them up.
 */
export function checkHostKeys(text: string, host: string, port: number | null, alias: string): string {
  const known = port && port !== 22 ? `[${host}]:${port}` : host;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#') && !line.startsWith('@'))
    .flatMap((line) => {
      const [first = '', second = '', third = ''] = line.split(/\s+/);
      const [type, key] = keyTypes.test(first)
        ? [first, second]
        : names(first, known)
          ? [second, third]
          : ['', ''];
      return keyTypes.test(type) && /^[A-Za-z0-9+/]+=*$/.test(key) ? [`${alias} ${type} ${key}`] : [];
    });
  if (!lines.length)
    throw fieldError('login.hostKeys', `No host key for ${known}. “ssh-keyscan ${host}” prints them.`);
  return `${lines.join('\n')}\n`;
}
