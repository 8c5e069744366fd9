import 'server-only';

/** Bytes. Shorter values stand in half the words of a log. */
export const shortestMasked = 4;
const mask = '***';
/** Lines of one value that are looked for: a key or a token has a few, and each makes every line of a log dearer. */
const maxLines = 500;
/** At which `base64` and OpenSSL break their lines. */
const wrappedAt = [76, 64];

/** Texts are handled as bytes, one character each: secrets and logs need not be UTF-8. */
const bytesOf = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

function base64Forms(value: Buffer): string[] {
  return ['base64' as const, 'base64url' as const].flatMap((encoding) => {
    // `echo` adds a line end; what goes on after the value shares all but its last group.
    const whole = [value, Buffer.concat([value, Buffer.from('\n')])].map((bytes) => bytes.toString(encoding));
    const shared = value.subarray(0, value.length - (value.length % 3)).toString(encoding);
    const wrapped = wrappedAt.flatMap((width) => shared.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
    return [...whole, shared, ...(shared.length > 64 ? wrapped : [])];
  });
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

/** Ways in which a program may write a value: as it is, line by line, in JSON, in an address, in base64. */
export function formsOf(value: Buffer): string[] {
  const text = value.toString('utf8');
  const lines = text.split(/\r?\n/, maxLines).map((line) => line.trim());
  const written = lines.flatMap((line) => [
    line,
    JSON.stringify(line).slice(1, -1),
    encodeURIComponent(line),
    encodeURIComponent(line).replaceAll('%20', '+'),
  ]);
  const forms = [value.toString('latin1').trim(), ...written.map(bytesOf), ...base64Forms(value)];
  return [...new Set(forms)].filter((form) => form.length >= shortestMasked);
}

export interface Mask {
  /** What can be told of the output so far: a begun secret is held back until it is known not to be one. */
  push(bytes: Buffer): Buffer;
  /** What was held back. */
  end(): Buffer;
}

/** Hides values in texts and in streams of bytes, also where a value comes in two pieces. */
export function maskFor(values: Buffer[]) {
  const forms = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map(literally).join('|'), 'g');
  const hide = (text: string) => (forms.length > 0 ? text.replace(pattern, mask) : text);
  const longest = forms[0]?.length ?? 0;
  const begins = (tail: string) => forms.some((form) => form.length > tail.length && form.startsWith(tail));

  /** Where a value begins that may go on in the next piece; never in the middle of one that is complete. */
  function cutOf(text: string): number {
    const first = Math.max(0, text.length - longest + 1);
    const whole = [...text.matchAll(pattern)].filter((match) => match.index + match[0].length > first);
    for (let at = first; at < text.length; at++) {
      const isInside = whole.some((match) => match.index < at && at < match.index + match[0].length);
      if (!isInside && begins(text.slice(at))) return at;
    }
    return text.length;
  }

  return {
    text: (text: string): string => Buffer.from(hide(bytesOf(text)), 'latin1').toString('utf8'),
    open(): Mask {
      let held = '';
      return {
        push(bytes) {
          const text = held + bytes.toString('latin1');
          const cut = forms.length > 0 ? cutOf(text) : text.length;
          held = text.slice(cut);
          return Buffer.from(hide(text.slice(0, cut)), 'latin1');
        },
        end() {
          const rest = held;
          held = '';
          return Buffer.from(hide(rest), 'latin1');
        },
      };
    },
  };
}
