import { hash } from 'bcryptjs';

/** The registry checks the password with every request; a generated one needs no slow hash. */
const cost = 5;

/** A line of a registry's password file, which has bcrypt hashes only. Of the password the first 72 bytes count. */
export const htpasswdLine = async (user: string, password: string): Promise<string> =>
  `${user}:${await hash(password, cost)}\n`;
