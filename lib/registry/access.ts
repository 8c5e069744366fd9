import type { RegistryScheme } from './choices';

export interface Credentials {
  username: string;
  password: string;
}

/** Answers one registry host (`host[:port]`, `docker.io` for the Hub); null where nothing is stored for it. */
export type CredentialsFor = (host: string) => Promise<Credentials | null>;

/** How to speak to a registry. */
export interface RegistryAccess {
  host: string;
  scheme: RegistryScheme;
  credentials: Credentials | null;
}
