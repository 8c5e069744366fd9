import type { Found } from '@/lib/dockerfiles/finding';
import { unquote } from '@/lib/dockerfiles/shell-words';
import type { Plan } from '@/lib/dockerfiles/stages';
import { isSecretName, secretIn } from '@/lib/known/secrets';

const idOf = (name: string) => name.toLowerCase();

/** Where values of ARG and ENV are stored. */
const kept = {
  ARG: 'ARG values are readable in the image history by everyone who has the image.',
  ENV: 'ENV values are part of the image and of the environment of every container.',
};

const advice = (name: string) =>
  `Store it under Secrets, and mount it only in the step that needs it: RUN --mount=type=secret,id=${idOf(name)},env=${name}`;

/** Secrets that the image would contain permanently. */
export function checkSecrets({ file: { instructions, escape } }: Plan): Found[] {
  return instructions.flatMap(({ keyword, assignments }): Found[] => {
    if (keyword !== 'ARG' && keyword !== 'ENV') return [];
    return assignments.flatMap(({ name, nameSpan, value: written }): Found[] => {
      const value = unquote(written ?? '', escape);
      const what = secretIn(value);
      if (!what && !isSecretName(name)) return [];
      const message = what
        ? `The value of ${name} looks like ${what}.`
        : `${name} looks like a secret, and ${keyword} does not protect it.`;
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
