import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { masterKey } from './key';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';

/** The context is authenticated: in another row or for another host, decryption fails. */
const boundTo = (context: string, keyId: string) => Buffer.from(JSON.stringify([version, keyId, context]));

/**
 * Encrypts a secret for a context, its full location (`registry:<id>:<host>`, `project:<id>:secret:<name>`): a
 * password encrypted for one host cannot be decrypted for another.
 */
export function seal(plain: string | Buffer, context: string): string {
  const { id, key } = masterKey();
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(context, id));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [version, id, Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')].join('.');
}

const cannotOpen = (cause: string | Error) =>
  new AppError('conflict', 'A stored secret cannot be decrypted. Enter the password again.', {
    hint: 'It was encrypted for another record or with another key file, or it was modified.',
    cause,
  });

/** Decrypts a secret of the same context; otherwise throws, always with the same message. */
export function unseal(sealed: string, context: string): Buffer {
  const { id, key } = masterKey();
  const [givenVersion, keyId, payload, ...rest] = sealed.split('.');
  if (givenVersion !== version || !payload || rest.length) throw cannotOpen('not of the known form');
  if (keyId !== id) throw cannotOpen('sealed with another key');
  const bytes = Buffer.from(payload, 'base64');
  if (bytes.length < nonceBytes + tagBytes) throw cannotOpen('too short');
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(boundTo(context, id));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch (error) {
    throw cannotOpen(error as Error);
  }
}
