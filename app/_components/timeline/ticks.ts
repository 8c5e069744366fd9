const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Tick distances, in ms. */
const steps = [
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 4, 8, 24].map((count) => count * hour),
];

const unitOf = (step: number) =>
  step >= hour
    ? { size: hour, name: 'h' }
    : step >= minute
      ? { size: minute, name: 'm' }
      : { size: second, name: 's' };

interface Tick {
  /** Milliseconds after the start. */
  at: number;
  label: string;
}

/** Marks for an axis from 0 to `span`, at most `most` after the first. */
export function ticksOf(span: number, most = 4): Tick[] {
  const step = steps.find((size) => span / size <= most) ?? Math.ceil(span / most / hour) * hour;
  const { size, name } = unitOf(step);
  const count = Math.floor(span / step);
  return Array.from({ length: count + 1 }, (_, index) => ({
    at: index * step,
    label: `${Number(((index * step) / size).toFixed(1))}${name}`,
  }));
}
