/** Differences between builders in reading a Dockerfile. */
export interface Dialect {
  /** Predefined variables before the first FROM: TARGETPLATFORM and similar, TARGETSTAGE. */
  presetArgs: boolean;
  /** An ENV takes precedence over an ARG of the same name regardless of order, and ARGs end with their stage. */
  envWins: boolean;
  /** FROM finds stages case-insensitively; otherwise only in lower case, as names are stored. */
  anyCaseStages: boolean;
  /** A `# syntax=` line names the frontend image. */
  frontends: boolean;
}

/** BuildKit's own frontend, docker/dockerfile. The default. */
export const frontendDialect: Dialect = {
  presetArgs: true,
  envWins: false,
  anyCaseStages: false,
  frontends: true,
};
