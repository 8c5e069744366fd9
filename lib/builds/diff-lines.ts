import { diffArrays } from 'diff';

interface DiffLine {
  how: 'same' | 'added' | 'removed' | 'gap';
  text: string;
}

/** Lines kept on both sides of a change. */
const around = 3;
/** Milliseconds: two long texts without anything in common are told as such instead of being compared for minutes. */
const timeout = 500;

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));

const asLines = (how: DiffLine['how'], texts: string[]): DiffLine[] => texts.map((text) => ({ how, text }));

/** Long parts that are the same, shortened to what is beside a change. */
function withGaps(lines: DiffLine[]): DiffLine[] {
  const near = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ how }) => how !== 'same'),
  );
  const shown: DiffLine[] = [];
  let left = 0;
  const gap = () => {
    if (left > 0)
      shown.push({ how: 'gap', text: left === 1 ? '1 unchanged line' : `${left} unchanged lines` });
    left = 0;
  };
  lines.forEach((line, index) => {
    if (!near[index]) return void (left += 1);
    gap();
    shown.push(line);
  });
  gap();
  return shown;
}

/** Two texts by lines: what was taken out, what was put in, and what is around. Of the same text, nothing. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(old, young, { timeout });
  if (!parts) return [...asLines('removed', old), ...asLines('added', young)];
  const lines = parts.flatMap((part) =>
    asLines(part.added ? 'added' : part.removed ? 'removed' : 'same', part.value),
  );
  return lines.some((line) => line.how !== 'same') ? withGaps(lines) : [];
}
