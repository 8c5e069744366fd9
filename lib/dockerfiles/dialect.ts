/** The points in which builders read one Dockerfile differently. */
export interface Dialect {
  /** Values that stand before the first FROM without an ARG: TARGETPLATFORM and its like, TARGETSTAGE. */
  presetArgs: boolean;
  /** An ENV wins over an ARG of the same name wherever it stands, and ARGs end with their stage. */
  envWins: boolean;
  /** FROM finds a stage by a name in any case; otherwise in lower case only, as names are kept. */
  anyCaseStages: boolean;
  /** A `# syntax=` line names the image that reads the Dockerfile. */
  frontends: boolean;
}

/** BuildKit's own frontend, docker/dockerfile. Meant wherever nothing else is said. */
export const frontendDialect: Dialect = {
  presetArgs: true,
  envWins: false,
  anyCaseStages: false,
  frontends: true,
};
