import type { RegistryScheme } from './choices';

export interface Credentials {
  username: string;
  password: string;
}

/** Returns the access for a registry host (`host[:port]`, `docker.io` for the Hub); null if none is stored. */
export type CredentialsFor = (host: string) => Promise<Credentials | null>;

/** Protocol and login of a registry. */
export interface RegistryAccess {
  host: string;
  scheme: RegistryScheme;
  credentials: Credentials | null;
}
