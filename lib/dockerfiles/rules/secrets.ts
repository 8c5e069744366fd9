import type { Found } from '@/lib/dockerfiles/finding';
import { unquote } from '@/lib/dockerfiles/shell-words';
import type { Plan } from '@/lib/dockerfiles/stages';

const words =
  /(?:^|_)(?:api_?keys?|auth|credentials?|keys?|pass|passphrase|password|passwd|pword|pwd|secrets?|tokens?)(?:_|$)/i;
/** Names that hold such a word and no secret: where it lies, what it is called, its public half. */
const harmless = /(?:^|_)(?:public|pub|gpg)(?:_|$)|_(?:file|path|dir|id|name|url|type|length|ttl|server)$/i;

const values: [pattern: RegExp, what: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/, 'a GitHub token'],
  [/\bgithub_pat_\w{20,}/, 'a GitHub token'],
  [/\bglpat-[\w-]{20,}/, 'a GitLab token'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a Slack token'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, 'a JSON web token'],
  [/:\/\/[^/\s:@]+:[^/\s@$]+@/, 'an address with a password in it'],
];

const isNamed = (name: string) => words.test(name) && !harmless.test(name);

const idOf = (name: string) => name.toLowerCase();

/** Where each of the two keeps what it is given. */
const kept = {
  ARG: 'The value of an ARG can be read in the image’s history, by everybody who has the image.',
  ENV: 'The value of an ENV is part of the image, and in the environment of every container of it.',
};

const advice = (name: string) =>
  `Give it to the one step that needs it: store it under Secrets, and begin that step with RUN --mount=type=secret,id=${idOf(name)},env=${name}`;

/** Secrets that would be in the image for good. */
export function checkSecrets({ file: { instructions, escape } }: Plan): Found[] {
  return instructions.flatMap(({ keyword, assignments }): Found[] => {
    if (keyword !== 'ARG' && keyword !== 'ENV') return [];
    return assignments.flatMap(({ name, nameSpan, value: written }): Found[] => {
      const value = unquote(written ?? '', escape);
      const what = values.find(([pattern]) => pattern.test(value))?.[1];
      if (!what && !isNamed(name)) return [];
      const message = what
        ? `The value of ${name} looks like ${what}.`
        : `${name} sounds like a secret, and ${keyword} is no place for one.`;
      return [
        {
          rule: 'secret',
          severity: 'warning',
          message,
          why: `${kept[keyword]} ${advice(name)}.`,
          ...nameSpan,
        },
      ];
    });
  });
}
