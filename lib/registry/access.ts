import type { RegistryScheme } from './choices';

export interface Credentials {
  username: string;
  password: string;
}

declare const verified: unique symbol;

/** A login that may be given to an engine: only `loginForEngine` makes it, after it has asked the registry. */
export type EngineLogin = Credentials & { readonly [verified]: true };

/**
 * The login for a registry host (`host[:port]`, `docker.io` for the Hub) that an engine may get; null if none is
 * stored. Throws where the registry would send it to a place where it may not go.
 */
export type EngineLoginFor = (host: string) => Promise<EngineLogin | null>;

/** Protocol and login of a registry. */
export interface RegistryAccess {
  host: string;
  scheme: RegistryScheme;
  credentials: Credentials | null;
}
