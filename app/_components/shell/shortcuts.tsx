'use client';

import { useRouter } from 'next/navigation';
import { Dialog } from '@/app/_components/ui/dialog';
import { KeyHint } from '@/app/_components/ui/key-hint';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { useKeySequence } from '@/app/_hooks/use-key-sequence';
import { apartDestinations, mainDestinations } from './navigation';

interface Shortcut {
  keys: string[];
  /** The keys in words, for screen readers. */
  words: string;
  does: string;
}

/** `g` and then the letter goes there. */
const letters: Record<string, string> = {
  '/': 'o',
  '/projects': 'p',
  '/builds': 'b',
  '/workbenches': 'w',
  '/images': 'i',
  '/containers': 'c',
  '/registries': 'r',
  '/engine': 'e',
  '/settings': 's',
};
const places = [...mainDestinations, ...apartDestinations].flatMap(({ label, href }) => {
  const letter = letters[href];
  return letter ? [{ letter, label, href }] : [];
});
const hrefs = new Map(places.map(({ letter, href }) => [letter, href]));

const anywhere: Shortcut[] = [
  { keys: ['Ctrl', 'K'], words: 'Control K, on a Mac Command K', does: 'Go anywhere, build, push' },
  { keys: ['?'], words: 'Question mark', does: 'These shortcuts' },
];
const newProject: Shortcut = { keys: ['N'], words: 'N', does: 'New project' };
const onPages: Shortcut[] = [
  { keys: ['/'], words: 'Slash', does: 'Search in the list' },
  { keys: ['Ctrl', 'S'], words: 'Control S, on a Mac Command S', does: 'Save the file that is edited' },
  { keys: ['Enter'], words: 'Enter', does: 'In a log’s search: the next match' },
  { keys: ['Shift', 'Enter'], words: 'Shift Enter', does: 'In a log’s search: the match before' },
  { keys: ['End'], words: 'End', does: 'In a log: to its end, and stay there' },
  { keys: ['Esc'], words: 'Escape', does: 'Close what is open' },
];

interface ShortcutsProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  mayCreate: boolean;
}

/** The keys that work everywhere, and the sheet that lists them and those of single pages. */
export function Shortcuts({ open, onOpenChange, mayCreate }: ShortcutsProps) {
  const router = useRouter();
  useHotkey('?', () => onOpenChange(true));
  useHotkey(mayCreate ? 'n' : null, () => router.push('/projects/new'));
  useKeySequence('g', (letter) => {
    const href = hrefs.get(letter);
    if (href) router.push(href);
  });
  const goes = places.map(({ letter, label }) => ({
    keys: ['G', letter.toUpperCase()],
    words: `G, then ${letter.toUpperCase()}`,
    does: label,
  }));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      description="Single keys can be switched off in the account’s settings."
    >
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <ShortcutList title="Go to" shortcuts={goes} />
        <div className="flex flex-col gap-4">
          <ShortcutList title="Everywhere" shortcuts={mayCreate ? [...anywhere, newProject] : anywhere} />
          <ShortcutList title="Where there is one" shortcuts={onPages} />
        </div>
      </div>
    </Dialog>
  );
}

function ShortcutList({ title, shortcuts }: { title: string; shortcuts: Shortcut[] }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <dl className="flex flex-col gap-1">
        {shortcuts.map(({ keys, words, does }) => (
          <div key={does} className="flex items-baseline justify-between gap-3">
            <dt>{does}</dt>
            <dd className="shrink-0">
              <span className="sr-only">{words}</span>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
