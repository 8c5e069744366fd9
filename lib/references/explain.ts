import { digestGrammar, hostGrammar, identifier, pathPartGrammar, tagGrammar } from './grammar';

const show = (text: string) => `"${text.length > 60 ? `${text.slice(0, 57)}…` : text}"`;

function explainHost(host: string): string | null {
  if (hostGrammar.test(host)) return null;
  const port = /^(.*):([^\]]*)$/.exec(host);
  if (port && (port[1] === '' || hostGrammar.test(port[1]!)))
    return port[1] === ''
      ? 'There is no host before the colon.'
      : `The port ${show(port[2]!)} of the host must be a number.`;
  const bad = /[^a-zA-Z0-9.:[\]-]/.exec(host);
  if (bad)
    return `The host ${show(host)} contains ${show(bad[0])}; a host has letters, digits, dots and hyphens.`;
  if (host.includes(':') && !host.startsWith('[') && host.split(':').length > 2)
    return `The host ${show(host)} looks like an IPv6 address: write it in square brackets.`;
  return `The host ${show(host)} is not a valid host name.`;
}

function explainPart(part: string): string | null {
  if (pathPartGrammar.test(part)) return null;
  if (part === '') return 'The name has an empty part: check the slashes.';
  if (part !== part.toLowerCase() && pathPartGrammar.test(part.toLowerCase()))
    return `The repository name must be in lower case: ${show(part.toLowerCase())} instead of ${show(part)}.`;
  const bad = /[^a-zA-Z0-9._-]/.exec(part);
  if (bad)
    return `${show(part)} contains ${bad[0] === ' ' ? 'a space' : show(bad[0])}; a name has lower-case letters, digits, dots, hyphens and underscores.`;
  if (/^[._-]/.test(part)) return `${show(part)} must begin with a letter or a digit.`;
  if (/[._-]$/.test(part)) return `${show(part)} must end with a letter or a digit.`;
  return `${show(part)} has separators next to each other: one dot, one or two underscores, or hyphens may stand between letters or digits.`;
}

function explainTag(tag: string): string | null {
  if (tagGrammar.test(tag)) return null;
  if (tag === '') return 'There is no tag after the colon.';
  if (tag.includes('/')) return `${show(tag)} is not a tag: a tag must not contain a slash.`;
  if (tag.length > 128) return `The tag is ${tag.length} characters long; at most 128 are allowed.`;
  const bad = /[^a-zA-Z0-9_.-]/.exec(tag);
  if (bad)
    return `The tag ${show(tag)} contains ${bad[0] === ' ' ? 'a space' : show(bad[0])}; a tag has letters, digits, dots, hyphens and underscores.`;
  return `The tag ${show(tag)} must begin with a letter, a digit or an underscore.`;
}

function explainDigest(digest: string): string | null {
  if (digestGrammar.test(digest)) return null;
  if (digest === '') return 'There is no digest after the @.';
  if (!digest.includes(':'))
    return `The digest ${show(digest)} must begin with its algorithm, as in sha256:…`;
  return `The digest ${show(digest)} is not an algorithm and its hexadecimal digits, as in sha256:1f2e…`;
}

/** Why a text is not a reference, naming the invalid part; `host` and `rest` are its parts. */
export function explain(text: string, host: string, rest: string): string {
  if (text.trim() === '')
    return 'Write an image name, for example mysite:1 or registry-host:5000/myadmin/mysite:1.';
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text);
  if (scheme) return `Leave out ${show(scheme[0])}: a reference begins with the host or the name.`;
  if (text !== text.trim()) return 'There is a space before or after the name.';
  if (identifier.test(text))
    return 'A name of 64 hexadecimal digits is not allowed: Docker takes it for an image id.';
  const at = rest.indexOf('@');
  const name = at < 0 ? rest : rest.slice(0, at);
  const colon = name.indexOf(':');
  const path = colon < 0 ? name : name.slice(0, colon);
  if (path === '' || path === 'library/') return 'There is no name before the tag or digest.';
  const reasons = [
    explainHost(host),
    ...path.split('/').map(explainPart),
    colon < 0 ? null : explainTag(name.slice(colon + 1)),
    at < 0 ? null : explainDigest(rest.slice(at + 1)),
  ];
  return reasons.find((reason) => reason !== null) ?? `${show(text)} is not a valid image name.`;
}
