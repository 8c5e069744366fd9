/** The files of one build, as its builder reads them. */
export interface BuildContext {
  directory: string;
  /** Stable per project: lets the engine keep the files of the last build and ask only for changes. */
  sharedKey: string;
  /**
   * True for a path (relative, `/`) that .dockerignore leaves out; for a directory with everything in it, unless
   * `reincludes` is set.
   */
  excludes: (path: string, isDirectory: boolean) => boolean;
  /** .dockerignore has `!` lines: folders that are left out must be looked into. Without, they are passed over. */
  reincludes?: boolean;
}
