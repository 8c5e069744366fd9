import type { Found } from '@/lib/dockerfiles/finding';
import { unquote } from '@/lib/dockerfiles/shell-words';
import type { Plan } from '@/lib/dockerfiles/stages';
import { isSecretName, secretIn } from '@/lib/known/secrets';

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
      const what = secretIn(value);
      if (!what && !isSecretName(name)) return [];
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
