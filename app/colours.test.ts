import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';

/** Light and dark of every colour in the style sheet, as `L C H`; those with a transparency of their own are left out. */
function readColours(): Map<string, Record<Theme, string>> {
  const css = readFileSync(path.join(import.meta.dirname, 'globals.css'), 'utf8');
  const colour = 'oklch\\(([\\d. ]+)\\)';
  const pattern = new RegExp(
    `--color-([a-z0-9-]+): (?:light-dark\\(${colour}, ${colour}\\)|${colour});`,
    'g',
  );
  const found = new Map<string, Record<Theme, string>>();
  for (const [, name, light, dark, both] of css.matchAll(pattern))
    found.set(name!, { light: light ?? both!, dark: dark ?? both! });
  return found;
}

/** Relative luminance (WCAG 2) of an OKLCH colour; the matrices are those of https://bottosson.github.io/posts/oklab/. */
function luminance(colour: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = colour.split(' ').map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const inGamut = (value: number) => Math.min(1, Math.max(0, value));
  const red = inGamut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = inGamut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = inGamut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const colours = readColours();

function contrast(theme: Theme, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => luminance(colours.get(name)![theme])) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ['canvas', 'surface', 'raised', 'sunken'];
const kinds = ['base', 'run', 'copy', 'config', 'neutral'].map((kind) => `kind-${kind}`);
const states = ['waiting', 'running', 'succeeded', 'cached', 'failed', 'cancelled', 'interrupted'];
const hues = [...kinds, ...states];

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  test('text is readable on every background', () => {
    for (const ground of grounds)
      for (const text of ['ink', 'muted', 'faint', ...hues.map((hue) => `${hue}-ink`)])
        expect(contrast(theme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  test('marks, field borders and the focus are visible on every background', () => {
    for (const ground of grounds)
      for (const mark of ['edge', 'focus', ...hues])
        expect(contrast(theme, mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  });

  test('text is readable on its soft background, on buttons and on matches', () => {
    const pairs = [
      ...hues.map((hue) => [`${hue}-ink`, `${hue}-soft`]),
      ...['accent', 'accent-hover'].map((ground) => ['accent-ink', ground]),
      ...['danger', 'danger-hover'].map((ground) => ['danger-ink', ground]),
      ...['match', 'match-now', 'failed-soft', 'running-soft'].map((ground) => ['ink', ground]),
      ['muted', 'failed-soft'],
    ];
    for (const [text = '', ground = ''] of pairs)
      expect(contrast(theme, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  test('terminal colours are readable in a log', () => {
    for (let index = 0; index < 16; index++)
      expect(contrast(theme, `ansi-${index}`, 'sunken'), `ansi-${index}`).toBeGreaterThanOrEqual(4.5);
  });
});
