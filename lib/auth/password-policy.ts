/** NIST SP 800-63B: minimum length and a list of common passwords, no character classes. Lengths in code points. */
const minCharacters = 12;
const maxCharacters = 128;

/** Common words: a password made only of these, digits and punctuation is refused. */
const commonWords =
  'password passwort passwd pass secret welcome willkommen letmein changeme admin administrator root user login test default master iloveyou ilove you monkey dragon sunshine princess football baseball superman batman trustno starwars shadow michael jordan jennifer summer winter spring autumn hello world whatever qwerty qwertz qwertyuiop azerty asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm abc abcd abcdef abcdefg docker container layerwright registry server image build correcthorsebatterystaple'.split(
    ' ',
  );
const onlyCommon = new RegExp(`^(?:${commonWords.toSorted((a, b) => b.length - a.length).join('|')})+$`);
const runs =
  '01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm'.split(
    ' ',
  );

const spelled: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
  '!': 'i',
};
const lengthOf = (text: string) => Array.from(text).length;
const letters = (text: string) => text.replace(/[^a-z]/g, '');

function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5) return true; // aaaaaaaaaaaa, 121212121212
  if (runs.some((run) => run.includes(lower))) return true;
  const respelled = lower.replace(/[01345@$7!]/g, (sign) => spelled[sign]!);
  return (
    [lower, respelled, lower.replace(/[\d\W_]+$/, ''), respelled.replace(/[^a-z]+$/, '')].some((form) =>
      onlyCommon.test(letters(form)),
    ) ||
    (/^\d+$/.test(lower) && lower.length < 16)
  );
}

/** Why a new password is refused, as a message for its field; null if it is accepted. */
export function passwordProblem(password: string, userName: string): string | null {
  const length = lengthOf(password.normalize('NFKC'));
  if (length < minCharacters) return `Use at least ${minCharacters} characters; this has ${length}.`;
  if (length > maxCharacters) return `Use at most ${maxCharacters} characters.`;
  const rest =
    userName.length >= 3 ? password.toLowerCase().replaceAll(userName.toLowerCase(), '') : password;
  if (password.toLowerCase() === userName.toLowerCase() || lengthOf(rest) < 8)
    return 'Do not use the user name as the password.';
  if (isCommon(password)) return 'This password is easy to guess. Use several unrelated words.';
  return null;
}
