import type { ImageSummary } from '@/lib/engine/images/types';
import { defaultHost, parseReference, registryHost } from '@/lib/references/reference';
import { imageAges, imageSizes, type ImageFilter } from './schema';

const sortName = (image: ImageSummary) => image.tags[0] ?? '\uffff'; // without a name after all names

type Order = (a: ImageSummary, b: ImageSummary) => number;

/** `own` has the bytes that only an image has, as far as they are known. */
function orderOf(sort: ImageFilter['sort'], own: ReadonlyMap<string, number>): Order {
  const orders: Record<ImageFilter['sort'], Order> = {
    created: (a, b) => b.created - a.created,
    oldest: (a, b) => a.created - b.created,
    size: (a, b) => b.size - a.size,
    own: (a, b) => (own.get(b.id) ?? 0) - (own.get(a.id) ?? 0),
    name: (a, b) => sortName(a).localeCompare(sortName(b)),
    containers: (a, b) => b.containers - a.containers,
  };
  return orders[sort];
}

const views: Record<ImageFilter['view'], (image: ImageSummary) => boolean> = {
  all: () => true,
  tagged: ({ tags }) => tags.length > 0,
  untagged: ({ tags }) => tags.length === 0,
  used: ({ containers }) => containers > 0,
  unused: ({ containers }) => containers === 0,
};

/** All words must be found, each in a tag, a digest, the id or a label. */
function matches(image: ImageSummary, words: string[]): boolean {
  if (words.length === 0) return true;
  const labels = Object.entries(image.labels).map(([key, value]) => `${key}=${value}`);
  const text = [image.id, ...image.tags, ...image.digests, ...labels].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function hostOf(name: string): string {
  const parsed = parseReference(name);
  return parsed.ok ? registryHost(parsed.reference) : defaultHost;
}

/** Registries that an image has names of. */
const hostsOf = ({ tags, digests }: Pick<ImageSummary, 'tags' | 'digests'>): string[] => [
  ...new Set([...tags, ...digests].map(hostOf)),
];

export function hasLabel({ labels }: Pick<ImageSummary, 'labels'>, wanted: string): boolean {
  const at = wanted.indexOf('=');
  const key = at < 0 ? wanted : wanted.slice(0, at);
  return Object.hasOwn(labels, key) && (at < 0 || labels[key] === wanted.slice(at + 1));
}

/** Over the limit, or under it where the limit is negative. */
const passes = (value: number, limit: number) => (limit < 0 ? value < -limit : value >= limit);

export function selectImages(
  images: readonly ImageSummary[],
  filter: ImageFilter,
  own: ReadonlyMap<string, number> = new Map(),
  now = Date.now(),
): ImageSummary[] {
  const { q, view, sort, host, label, age, size } = filter;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const tests: ((image: ImageSummary) => boolean)[] = [views[view], (image) => matches(image, words)];
  if (host) tests.push((image) => hostsOf(image).includes(host));
  if (label) tests.push((image) => hasLabel(image, label));
  if (age) tests.push(({ created }) => passes(now - created, imageAges[age].age));
  if (size) tests.push((image) => passes(image.size, imageSizes[size].size));
  const order = orderOf(sort, own);
  return images
    .filter((image) => tests.every((test) => test(image)))
    .toSorted((a, b) => order(a, b) || (a.id < b.id ? -1 : 1));
}

const mostLabels = 100;

interface Choices {
  hosts: string[];
  labels: string[];
}

/** By the list that they are of: it is the same one until an image comes or goes. */
const offered = new WeakMap<readonly ImageSummary[], Choices>();

/** What there is to filter by. */
export function choicesOf(images: readonly ImageSummary[]): Choices {
  const before = offered.get(images);
  if (before) return before;
  const hosts = new Set(images.flatMap(hostsOf));
  const labels = new Set(images.flatMap((image) => Object.keys(image.labels)));
  const sorted = (set: Set<string>) => [...set].toSorted((a, b) => a.localeCompare(b));
  const choices = { hosts: sorted(hosts), labels: sorted(labels).slice(0, mostLabels) };
  offered.set(images, choices);
  return choices;
}
