/** The path to open after the login: a local path, otherwise the overview. Never a URL of another site. */
export function returnPath(from: string | undefined): string {
  if (!from || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(from)) return '/';
  const { pathname, search } = new URL(from, 'http://here.invalid');
  return /^\/(login|setup|api|_next)(\/|$)/.test(pathname) ? '/' : pathname + search;
}
