/** The grammar of github.com/distribution/reference (regexp.go). Lengths are checked elsewhere. */
const hostPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const ipv6 = '\\[[a-fA-F0-9:]+\\]';
const host = `(?:${hostPart}(?:\\.${hostPart})*|${ipv6})(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = `${pathPart}(?:/${pathPart})*`;
const tag = '[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

export const grammar = new RegExp(`^(${host})/(${path})(?::(${tag}))?(?:@(${digest}))?$`);
export const hostGrammar = new RegExp(`^${host}$`);
export const pathPartGrammar = new RegExp(`^${pathPart}$`);
export const tagGrammar = new RegExp(`^${tag}$`);
export const digestGrammar = new RegExp(`^${digest}$`);

/** Docker reserves this form for image ids. */
export const identifier = /^[a-f0-9]{64}$/;

/** Digest algorithms of Docker, with their length in hex characters. */
export const digestLengths = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);
