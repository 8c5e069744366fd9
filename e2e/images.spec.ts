import { formatBytes } from '@/lib/format/bytes';
import { openImage, tagsOf } from './setup/pages/images';
import { alertOf } from './setup/pages/seen';
import { buildAtEngine, createContainer, inspectAtEngine } from './setup/pages/seeds';
import { findServerAction, postAction, resultOf } from './setup/pages/server-actions';
import { expect, test } from './setup/pages/test';

test('the list of images is searched by tag, id and label, and keeps its search in the address', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const alpha = await buildAtEngine(
    engine.address,
    'shelf/alpha:1',
    'FROM busybox\nLABEL made.for=searching\nRUN echo a > /a',
  );
  await buildAtEngine(engine.address, 'shelf/beta:2', 'FROM busybox\nRUN echo b > /b');
  const rows = page.getByRole('table', { name: 'Images' }).getByRole('rowheader');
  const search = page.getByRole('searchbox', { name: 'Search tag, id or label' });

  await page.goto(`${app.url}/images`);
  await expect(rows.filter({ hasText: 'busybox:latest' })).toBeVisible();
  // The key works once the page's scripts do.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(search).toBeFocused({ timeout: 500 });
  }).toPass();
  await search.fill('shelf');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/[?&]q=shelf/);
  await page.getByLabel('Sort by').selectOption({ label: 'Name' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(rows).toHaveText([/shelf\/alpha:1/, /shelf\/beta:2/]);
  await page.reload();
  await expect(rows).toHaveCount(2);

  for (const words of ['made.for=searching', alpha.slice(7, 19), 'ALPHA shelf']) {
    await search.fill(words);
    await search.press('Enter');
    await expect(rows, words).toHaveText([/shelf\/alpha:1/]);
  }
  const size = (await inspectAtEngine(engine.address, alpha))?.Size ?? 0;
  const row = page.getByRole('row', { name: /shelf\/alpha:1/ });
  await expect(row).toContainText(formatBytes(size));
  await expect(row.getByRole('img', { name: /^2 layers, / })).toBeVisible();
  await search.fill('nothing-is-called-so');
  await search.press('Enter');
  await expect(page.getByRole('heading', { name: 'No image matches' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all images' }).click();
  await expect(rows.filter({ hasText: 'busybox:latest' })).toBeVisible();
});

const dockerfile = `FROM busybox
LABEL made.for="the page of an image"
ENV GREETING="hello there"
RUN dd if=/dev/urandom of=/large bs=1k count=2800
RUN dd if=/dev/urandom of=/small bs=1k count=700
COPY Dockerfile /srv/
EXPOSE 8080
WORKDIR /srv
USER nobody
ENTRYPOINT ["httpd", "-f"]
CMD ["-p", "8080"]
`;

test('the page of an image draws its layers to scale, with the figures beside them, and shows its configuration', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const id = await buildAtEngine(engine.address, 'layers/shown:1', dockerfile);
  const history = JSON.parse((await engine.call(`/images/${id}/history`)).text) as { Size: number }[];
  await openImage(page, app, id);
  await expect(page.getByRole('heading', { level: 1, name: 'layers/shown:1' })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Layers, from the base up' }).locator('tbody tr');
  await expect(rows).toHaveCount(history.length);
  for (const [index, { Size: size }] of history.toReversed().entries())
    await expect(rows.nth(index), `layer ${index}`).toContainText(size ? formatBytes(size) : 'empty');
  const row = (text: string) => rows.filter({ hasText: text });
  await expect(row('of=/large')).toContainText(/^RUN dd if=/);
  // The classic builder writes a sum of the files in their place.
  await expect(row('COPY file:')).toContainText(' /srv/');
  await expect(row('GREETING')).toContainText('empty');

  // The base, the two RUNs and the COPY have heights of their sizes; what made no files has none.
  const strata = page.getByRole('region', { name: 'Layers' }).locator('svg[aria-hidden] g rect');
  await expect(strata).toHaveCount(4);
  const heights = await strata.evaluateAll((rects) =>
    rects.map((rect) => rect.getBoundingClientRect().height),
  );
  expect(heights[1]! / heights[2]!).toBeCloseTo(4, 0);
  const table = await rows.evaluateAll((all) =>
    all.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0),
  );
  expect(Math.abs(heights.reduce((sum, height) => sum + height, 0) - table)).toBeLessThan(table / 50);

  await row('of=/large').getByRole('button').click();
  const popover = page.getByRole('dialog', { name: 'Layer' });
  await expect(popover).toContainText('RUN dd if=/dev/urandom of=/large bs=1k count=2800');
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();

  const config = page.getByRole('region', { name: 'Configuration' });
  const of = (name: string) =>
    config.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd[1]');
  await expect(of('Entrypoint')).toHaveText('httpd -f');
  await expect(of('Command')).toHaveText('-p 8080');
  await expect(of('Ports')).toHaveText('8080/tcp');
  await expect(of('User')).toHaveText('nobody');
  await expect(of('Working directory')).toHaveText('/srv');
  await expect(of('Environment')).toContainText('GREETING=hello there');
  await expect(of('Labels')).toContainText('made.for=the page of an image');
});

const badReferences: [string, string][] = [
  ['MySite:1', 'The repository name must be in lower case: "mysite" instead of "MySite".'],
  ['my site:1', '"my site" contains a space'],
  ['_mysite', '"_mysite" must begin with a letter or a digit.'],
  ['my..site', 'has separators next to each other'],
  ['mysite:', 'There is no tag after the colon.'],
  ['mysite:.1', 'must begin with a letter, a digit or an underscore'],
  [`mysite:${'x'.repeat(129)}`, 'The tag is 129 characters long; at most 128 are allowed.'],
  ['registry.example:port/mysite', 'The port "port" of the host must be a number.'],
  ['https://registry.example/mysite', 'Leave out "https://"'],
  ['registry.example//mysite', 'The name has an empty part: check the slashes.'],
  [`mysite@sha256:${'a'.repeat(64)}`, 'A digest cannot be used as a tag.'],
  ['a'.repeat(64), 'A name of 64 hexadecimal digits is not allowed'],
];

test('a name that Docker would refuse is refused with its reason, and a good one is given', async ({
  app,
  engine,
  signedInPage: page,
  adminCookie,
}) => {
  const id = await buildAtEngine(engine.address, 'names/first:1', 'FROM busybox\nRUN echo names > /names');
  await openImage(page, app, id);
  await page.getByRole('button', { name: 'Add tag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a tag' });
  const field = dialog.getByLabel('New tag');
  await expect(field).toBeFocused();
  for (const [reference, reason] of badReferences) {
    await field.fill(reference);
    await expect(dialog.getByText(reason), reference).toBeVisible();
    await expect(field).toHaveAccessibleDescription(/^Error: /);
    await expect(dialog.getByRole('button', { name: 'Add tag' })).toBeDisabled();
    // The form is a kindness: the server refuses the same.
    const answer = resultOf(
      await postAction(app, findServerAction('addTag'), { id, reference }, { cookie: adminCookie }),
    );
    expect(answer, reference).toMatchObject({ ok: false, code: 'invalid_input' });
    expect(answer?.fields?.reference, reference).toContain(reason);
  }
  await field.fill('names/second');
  await expect(dialog.getByText('In full: docker.io/names/second:latest')).toBeVisible();
  await field.press('Enter');
  await expect(page.getByText('Tagged as names/second:latest')).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(tagsOf(page)).toContainText('names/second:latest');
  expect((await inspectAtEngine(engine.address, id))?.RepoTags?.toSorted()).toEqual([
    'names/first:1',
    'names/second:latest',
  ]);
});

test('a name that another image has is moved only when that is wanted', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const other = await buildAtEngine(engine.address, 'moved/name:1', 'FROM busybox\nRUN echo other > /moved');
  const id = await buildAtEngine(engine.address, 'moved/own:1', 'FROM busybox\nRUN echo own > /moved');
  await openImage(page, app, id);
  await page.getByRole('button', { name: 'Add tag' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a tag' });
  await dialog.getByLabel('New tag').fill('moved/name:1');
  await dialog.getByRole('button', { name: 'Add tag' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    `moved/name:1 is the name of another image (${other.slice(7, 19)}), which would be left without a name.`,
  );
  expect((await inspectAtEngine(engine.address, 'moved/name:1'))?.Id).toBe(other);
  await dialog.getByRole('button', { name: 'Move tag here' }).click();
  await expect(tagsOf(page)).toContainText('moved/name:1');
  expect((await inspectAtEngine(engine.address, 'moved/name:1'))?.Id).toBe(id);
});

test('one name is taken off and the others stay; with the last one the image goes, and that is said', async ({
  app,
  engine,
  signedInPage: page,
}) => {
  const id = await buildAtEngine(
    engine.address,
    'leaving/one:1',
    'FROM busybox\nRUN echo leaving > /leaving',
  );
  await engine.call(`/images/${id}/tag?repo=leaving/two&tag=2`, 'POST');
  await openImage(page, app, id);
  await page.getByRole('button', { name: 'Remove tag leaving/one:1' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The image and its other tags are kept');
  await dialog.getByRole('button', { name: 'Remove tag' }).click();
  await expect(page.getByText('Tag leaving/one:1 removed')).toBeVisible();
  await expect(tagsOf(page)).toHaveText('leaving/two:2');
  expect((await inspectAtEngine(engine.address, id))?.RepoTags).toEqual(['leaving/two:2']);

  await page.getByRole('button', { name: 'Remove tag leaving/two:2' }).click();
  await expect(dialog).toContainText(
    'This is the last tag of the image. The engine removes the image with it',
  );
  await dialog.getByRole('button', { name: 'Remove tag and image' }).click();
  await expect(page).toHaveURL(`${app.url}/images`);
  expect(await inspectAtEngine(engine.address, id)).toBeNull();
});

test('an image is removed after it was said what will be gone, and not while a container holds it', async ({
  app,
  engine,
  signedInPage: page,
  quietPages,
}) => {
  const id = await buildAtEngine(
    engine.address,
    'removed/one:1',
    'FROM busybox\nRUN echo removed > /removed',
  );
  await engine.call(`/images/${id}/tag?repo=removed/two&tag=2`, 'POST');
  const container = await createContainer(engine.address, id, 'holds-an-image');
  await openImage(page, app, id);
  await expect(page.getByRole('region', { name: 'Used by' })).toContainText('holds-an-image');
  await page.getByRole('button', { name: 'More for removed/one:1' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove removed/one:1?' });
  await expect(dialog.getByRole('listitem')).toHaveText(['removed/one:1', 'removed/two:2']);
  const size = (await inspectAtEngine(engine.address, id))?.Size ?? 0;
  await expect(dialog).toContainText(`Frees up to ${formatBytes(size)}`);
  await expect(dialog.getByLabel('Remove although 1 container uses it')).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Remove image' }).click();
  await expect(alertOf(page)).toContainText('made from this image: holds-an-image.');
  expect(await inspectAtEngine(engine.address, id)).not.toBeNull();

  await engine.call(`/containers/${container}`, 'DELETE');
  await dialog.getByRole('button', { name: 'Remove image' }).click();
  await expect(page).toHaveURL(`${app.url}/images`);
  await expect(page.getByText('removed/one:1 removed')).toBeVisible();
  await expect(page.getByRole('row', { name: /removed\/one/ })).toHaveCount(0);
  expect(await inspectAtEngine(engine.address, id)).toBeNull();
  quietPages.expectErrors(/status of 404/);
  await page.goto(`${app.url}/images/${id.slice(7)}`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
});
