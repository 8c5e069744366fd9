'use client';

import { useState, useTransition } from 'react';
import { saveFile } from '@/app/(dashboard)/projects/actions';
import { answered } from '@/app/_hooks/answered';
import { useRefresh } from '@/app/_hooks/use-refresh';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import type { ProjectId } from '@/lib/ids';

/** Keeps \r\n if most lines end so: the editor knows \n only. */
const windowsEnds = (text: string) => text.includes('\r\n');
const unixEnds = (text: string) => text.replaceAll('\r\n', '\n');

export interface StoredText {
  projectId: ProjectId;
  path: string;
  text: string;
  version: string;
  readOnly: boolean;
}

/** A text that is edited, and its last stored version: it is saved over that version only. */
export function useSavedText({
  projectId,
  path,
  text: initial,
  version: initialVersion,
  readOnly,
}: StoredText) {
  const refresh = useRefresh();
  const toast = useToast();
  const [saved, setSaved] = useState(() => ({ text: unixEnds(initial), version: initialVersion }));
  const [text, setText] = useState(saved.text);
  // The last text passed to the editor; typed text is in `text` only.
  const [given, setGiven] = useState({ text: saved.text });
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const dirty = text !== saved.text;

  const give = (fresh: string) => {
    setText(fresh);
    setGiven({ text: fresh });
  };
  // A new version came from the server (another window, an upload), and there is no unsaved text.
  if (initialVersion !== saved.version && !dirty && !pending) {
    const fresh = unixEnds(initial);
    if (fresh !== saved.text) {
      setSaved({ text: fresh, version: initialVersion });
      give(fresh);
    }
  }

  const save = () => {
    if (readOnly || pending || !dirty) return;
    startTransition(async () => {
      const result = await answered(saveFile)({
        id: projectId,
        path,
        text: windowsEnds(initial) ? text.replaceAll('\n', '\r\n') : text,
        version: saved.version,
      });
      setFailure(result.ok ? null : result);
      if (!result.ok) return;
      setSaved({ text, version: result.data.version });
      toast({ tone: 'success', title: 'Saved' });
    });
  };
  const undo = () => {
    give(saved.text);
    setFailure(null);
    refresh(); // the stored version may be another user's
  };
  return { setText, given, dirty, failure, pending, save, undo };
}
