'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startBuild } from '@/app/(dashboard)/builds/actions';
import { startOnce } from '@/app/_hooks/start-once';
import { PushDialogBox } from '@/app/_components/push-dialog/push-dialog';
import { Dialog } from '@/app/_components/ui/dialog';
import { KeyHint } from '@/app/_components/ui/key-hint';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { useTheme } from '@/app/_hooks/use-theme';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { buildHref } from '@/lib/builds/href';
import type { ProjectId } from '@/lib/ids';
import type { PaletteAct, PaletteEntry } from './commands';
import { Finder } from './finder';
import { Shortcuts } from './shortcuts';
import { useSignOut } from './use-sign-out';

interface CommandPaletteProps {
  commands: PaletteEntry[];
}

/** The command palette: ⌘K, or Ctrl K. */
export function CommandPalette({ commands }: CommandPaletteProps) {
  const router = useRouter();
  const toast = useToast();
  const signOut = useSignOut();
  const [, setTheme] = useTheme();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const [pushed, setPushed] = useState<Extract<PaletteAct, { do: 'push' }> | null>(null);
  useHotkey('mod+k', () => setOpen(true));

  const build = async (projectId: ProjectId) => {
    const result = await startOnce(startBuild, { projectId });
    if (result.ok) router.push(buildHref(result.data.id));
    else toast(failureToast('The build could not be started', result, () => void build(projectId)));
  };
  const act = (chosen: PaletteAct) => {
    if (chosen.do === 'build') return void build(chosen.projectId);
    if (chosen.do === 'push') return setPushed(chosen);
    if (chosen.do === 'theme') return setTheme(chosen.theme);
    if (chosen.do === 'shortcuts') return setHelp(true);
    signOut();
  };
  const choose = ({ href, act: chosen }: PaletteEntry) => {
    setOpen(false);
    if (href) router.push(href);
    else if (chosen) act(chosen);
  };

  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="flex h-8.5 items-center gap-2.5 rounded-md text-muted hover:bg-hover hover:text-ink max-md:size-10 max-md:justify-center md:mr-2 md:mb-2 md:pr-1.5 md:pl-2.5 pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-5 shrink-0 md:size-4" strokeWidth={1.75} />
        <span className="max-md:sr-only">Go to…</span>
        <span className="ml-auto max-md:hidden">
          <KeyHint keys={['Ctrl', 'K']} />
        </span>
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Go to">
        <Finder commands={commands} onChoose={choose} />
      </Dialog>
      <Shortcuts
        open={help}
        onOpenChange={setHelp}
        mayCreate={commands.some(({ href }) => href === '/projects/new')}
      />
      {pushed ? (
        <PushDialogBox
          open
          onOpenChange={() => setPushed(null)}
          image={pushed.image}
          reference={pushed.reference}
        />
      ) : null}
    </>
  );
}
