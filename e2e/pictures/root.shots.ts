import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Page, test } from '@playwright/test';

/** What browsers and crawlers ask for at the root, drawn from public/icon.svg. */
const root = path.join(import.meta.dirname, '..', '..');
const file = (name: string) => path.join(root, 'public', name);
const mark = /<path[^>]* d="([^"]+)"/.exec(readFileSync(file('icon.svg'), 'utf8'))![1]!;
const sans = path.join(root, 'node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2');
const ink = '#27231b';
const paper = '#f6f4f0';

/** `share`: of the width that the mark takes; a maskable icon keeps to the safe circle of four fifths. */
const icon = (sizePx: number, share: number, radius: number) => `
  <body style="margin:0"><svg width="${sizePx}" height="${sizePx}" viewBox="0 0 24 24" style="display:block">
    <rect width="24" height="24" rx="${24 * radius}" fill="${ink}"/>
    <g transform="translate(${12 - 12 * share} ${12 - 12 * share}) scale(${share})"><path fill="${paper}" d="${mark}"/></g>
  </svg></body>`;

async function draw(page: Page, sizePx: number, share: number, radius: number): Promise<Buffer> {
  await page.setViewportSize({ width: sizePx, height: sizePx });
  await page.setContent(icon(sizePx, share, radius));
  return page.screenshot({ omitBackground: true });
}

/** An icon file with one PNG in it. https://learn.microsoft.com/windows/win32/menurc/icon-resource */
function asIco(png: Buffer, sizePx: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon, and no cursor
  head.writeUInt16LE(1, 4); // one picture
  head.writeUInt8(sizePx, 6);
  head.writeUInt8(sizePx, 7);
  head.writeUInt16LE(1, 10); // planes
  head.writeUInt16LE(32, 12); // bits per pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

test('icons', async ({ page }) => {
  writeFileSync(file('favicon.ico'), asIco(await draw(page, 32, 0.75, 0.19), 32));
  writeFileSync(file('apple-touch-icon.png'), await draw(page, 180, 0.66, 0));
  writeFileSync(file('icon-192.png'), await draw(page, 192, 0.75, 0.19));
  writeFileSync(file('icon-512.png'), await draw(page, 512, 0.75, 0.19));
  writeFileSync(file('icon-maskable-512.png'), await draw(page, 512, 0.56, 0));
});

/** Layers as an image has them: kind of the instruction, and share of the height. */
const strata = [
  ['#6a62a8', 40],
  ['#c98a2b', 26],
  ['#c98a2b', 9],
  ['#3d93a3', 14],
  ['#b4528a', 3],
  ['#3d93a3', 8],
];

test('the picture of a link', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 630 });
  const font = readFileSync(sans).toString('base64');
  const layers = strata
    .map(([colour, share]) => `<i style="flex:${share};background:${colour}"></i>`)
    .join('');
  await page.setContent(`
    <style>
      @font-face { font-family: Geist; font-weight: 100 900; src: url(data:font/woff2;base64,${font}) }
      body { margin: 0; width: 1200px; height: 630px; background: ${paper}; color: ${ink}; font: 34px/1.4 Geist;
             display: grid; grid-template-columns: 1fr 300px; }
      main { padding: 84px 40px 84px 84px; display: flex; flex-direction: column; justify-content: space-between }
      h1 { font-size: 92px; line-height: 1; letter-spacing: -0.04em; margin: 0; font-weight: 600 }
      p { margin: 0; color: #57524a }
      aside { display: flex; flex-direction: column-reverse; gap: 6px; padding: 84px 84px 84px 0 }
      i { border-radius: 4px }
    </style>
    <main><svg width="88" height="88" viewBox="0 0 24 24"><path fill="${ink}" d="${mark}"/></svg>
      <div><h1>Layerwright</h1><p style="margin-top:28px">Build, commit, tag and push Docker images from your browser,
      and see exactly what is inside them.</p></div></main>
    <aside>${layers}</aside>`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file('social.png') });
});
