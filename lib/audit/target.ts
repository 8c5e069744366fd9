/** Fields whose values name what a command works on, or choose among a few. All others stay out of the audit log. */
const namingFields = new Set(
  (
    'id ids projectId containerId registryId uploadId commit container name names image reference host path tag ' +
    'digest repository directory to target into template role verb what mode push'
  ).split(' '),
);
/** Several hundred ids. */
const maxCharacters = 32_000;

const quote = (text: string) => (/^[\w./:@+-]+$/.test(text) ? text : JSON.stringify(text));

function* parts(value: unknown, name: string): Generator<string> {
  if (typeof value === 'string' || typeof value === 'boolean') {
    if (value) yield `${name}=${typeof value === 'string' ? quote(value) : 'yes'}`;
  } else if (Array.isArray(value)) {
    const texts = value.filter((one) => typeof one === 'string');
    if (texts.length) yield `${name}=${texts.map(quote).join(',')}`;
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      if (namingFields.has(key)) yield* parts(inner, name ? `${name}.${key}` : key);
}

/** `id=… name=…`: the ids and names of an input. */
export function describeTarget(input: unknown): string {
  const text = typeof input === 'object' ? [...parts(input, '')].join(' ') : '';
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
