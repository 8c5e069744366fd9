/** Of Docker 29.8. An engine that has a newer API is asked in this one. */
export const newestTestedApi = '1.56';

const numbers = (version: string): [number, number] => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
};

export function isOlderApi(version: string, than: string): boolean {
  const [[major, minor], [otherMajor, otherMinor]] = [numbers(version), numbers(than)];
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** What a path begins with; empty for an engine that does not tell its version. */
export function apiPrefix(engineVersion: string | undefined): string {
  if (!engineVersion || !/^\d+\.\d+$/.test(engineVersion)) return '';
  return `/v${isOlderApi(engineVersion, newestTestedApi) ? engineVersion : newestTestedApi}`;
}

/** Answered in every version, and asked before one is known. */
export const hasVersion = (path: string): boolean => path !== '/_ping' && path !== '/version';
