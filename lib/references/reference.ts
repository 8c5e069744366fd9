import { explain } from './explain';
import { digestLengths, grammar, identifier } from './grammar';

/** A normalized reference (`httpd` is `docker.io/library/httpd`). */
export interface Reference {
  /** `host[:port]` as written; default: `docker.io`. */
  host: string;
  /** Repository path, lower case. */
  path: string;
  tag?: string;
  digest?: string;
}

type ParsedReference = { ok: true; reference: Reference } | { ok: false; reason: string };

export const defaultHost = 'docker.io';
export const defaultTag = 'latest';
const officialPrefix = 'library/';
/** Maximum length of the path, as in distribution/reference (RepositoryNameTotalLengthMax). */
const maxPathLength = 255;

/** End of the host: `team/app` is on the Hub and `team.example/app` is not. */
function splitHost(text: string): [host: string, rest: string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  let [host, rest] = isHost ? [first, text.slice(slash + 1)] : [defaultHost, text];
  if (host === 'index.docker.io') host = defaultHost;
  if (host === defaultHost && !rest.includes('/')) rest = officialPrefix + rest;
  return [host, rest];
}

/**
 * Parses a reference exactly like Docker (github.com/distribution/reference, ParseNormalizedNamed), with one
 * exception: a first component that looks like a host but is invalid (`my_host.x/app`) is an error here, and a path
 * there.
 */
export function parseReference(text: string): ParsedReference {
  const [host, rest] = splitHost(text);
  const match = identifier.test(text) ? null : grammar.exec(`${host}/${rest}`);
  if (!match) return { ok: false, reason: explain(text, host, rest) };
  const [, , path = '', tag, digest] = match;
  if (path.length > maxPathLength)
    return {
      ok: false,
      reason: `The name is ${path.length} characters long; at most ${maxPathLength} are allowed.`,
    };
  if (digest) {
    const reason = checkDigest(digest);
    if (reason) return { ok: false, reason };
  }
  return { ok: true, reference: { host, path, ...(tag && { tag }), ...(digest && { digest }) } };
}

function checkDigest(digest: string): string | null {
  const colon = digest.indexOf(':');
  const algorithm = digest.slice(0, colon);
  const hex = digest.slice(colon + 1);
  const length = digestLengths.get(algorithm);
  if (!length)
    return `The digest's algorithm "${algorithm}" is not one of ${[...digestLengths.keys()].join(', ')}.`;
  if (hex.length !== length)
    return `A ${algorithm} digest has ${length} characters after the colon; this has ${hex.length}.`;
  if (hex !== hex.toLowerCase()) return 'The digest must be in lower case.';
  return null;
}

/** `host/path`, in full. */
export const repositoryOf = ({ host, path }: Reference): string => `${host}/${path}`;

const suffix = ({ tag, digest }: Reference) => (tag ? `:${tag}` : '') + (digest ? `@${digest}` : '');

/** The full form: `docker.io/library/httpd:2`. */
export const formatReference = (reference: Reference): string => repositoryOf(reference) + suffix(reference);

/** The short form of the repository: `httpd` for `docker.io/library/httpd`. */
export function familiarName({ host, path }: Reference): string {
  if (host !== defaultHost) return `${host}/${path}`;
  const short = path.slice(officialPrefix.length);
  return path.startsWith(officialPrefix) && !short.includes('/') ? short : path;
}

/** The short form. */
export const familiarReference = (reference: Reference): string =>
  familiarName(reference) + suffix(reference);

/** Adds Docker's default tag, unless there is a tag or digest. */
export const withDefaultTag = (reference: Reference): Reference =>
  reference.tag || reference.digest ? reference : { ...reference, tag: defaultTag };

/** The registry's host in its stored form: lower case. */
export const registryHost = (reference: Reference): string => reference.host.toLowerCase();
