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

/** `g` followed by the letter goes to the page. */
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
  { keys: ['Ctrl', 'K'], words: 'Control K, on a Mac Command K', does: 'Go to, build or push' },
  { keys: ['?'], words: 'Question mark', does: 'Keyboard shortcuts' },
];
const newProject: Shortcut = { keys: ['N'], words: 'N', does: 'New project' };
const onPages: Shortcut[] = [
  { keys: ['/'], words: 'Slash', does: 'Search in the list' },
  { keys: ['Ctrl', 'S'], words: 'Control S, on a Mac Command S', does: 'Save the open file' },
  { keys: ['Enter'], words: 'Enter', does: 'Log search: next match' },
  { keys: ['Shift', 'Enter'], words: 'Shift Enter', does: 'Log search: previous match' },
  { keys: ['End'], words: 'End', does: 'Log: go to the end and follow' },
  { keys: ['Esc'], words: 'Escape', does: 'Close' },
];

interface ShortcutsProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  mayCreate: boolean;
}

/** The global shortcuts, and the dialog that lists these and the shortcuts of single pages. */
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
      description="Single-key shortcuts can be turned off in the account settings."
    >
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <ShortcutList title="Go to" shortcuts={goes} />
        <div className="flex flex-col gap-4">
          <ShortcutList title="Everywhere" shortcuts={mayCreate ? [...anywhere, newProject] : anywhere} />
          <ShortcutList title="In context" shortcuts={onPages} />
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
