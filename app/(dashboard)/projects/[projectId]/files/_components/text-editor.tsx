'use client';

import { Save } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useRef, useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { KeyHint } from '@/app/_components/ui/key-hint';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import { saveFile } from '@/app/(dashboard)/projects/actions';
import { editKey } from './edit-key';
import { LeaveGuard } from '@/app/(dashboard)/projects/_components/leave-guard';
import { LineNumbers } from './line-numbers';

/** Where most lines end in \r\n they shall go on to do so: a text area knows \n only. */
const windowsEnds = (text: string) => text.includes('\r\n');

/** A plain text editor that loses nothing: guards unsaved text, and saves only over the version that it read. */
export function TextEditor({
  projectId,
  path,
  text: initial,
  version: initialVersion,
  readOnly,
}: {
  projectId: string;
  path: string;
  text: string;
  version: string;
  readOnly: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [saved, setSaved] = useState(() => ({
    text: initial.replaceAll('\r\n', '\n'),
    version: initialVersion,
  }));
  const [text, setText] = useState(saved.text);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const area = useRef<HTMLTextAreaElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const leaving = useRef(false);
  const dirty = text !== saved.text;

  // Another version came from the server (a second window, an upload), and nothing here is lost by showing it.
  if (initialVersion !== saved.version && !dirty && !pending) {
    const fresh = initial.replaceAll('\r\n', '\n');
    if (fresh !== saved.text) {
      setSaved({ text: fresh, version: initialVersion });
      setText(fresh);
    }
  }

  const save = () => {
    if (readOnly || pending || !dirty) return;
    startTransition(async () => {
      const result = await saveFile({
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
  useHotkey('mod+s', save);
  const undo = () => {
    setText(saved.text);
    setFailure(null);
    router.refresh(); // to what is stored now, which may be somebody else's
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Escape, then Tab, leaves the field: a keyboard must not be caught in it.
    if (event.key === 'Escape') leaving.current = true;
    else if (!leaving.current || event.key !== 'Tab') {
      leaving.current = false;
      editKey(event);
    }
  };

  return (
    <div className="flex flex-col gap-3 pt-1">
      {failure ? (
        <ErrorState
          title="Not saved"
          error={failure}
          action={
            failure.code === 'conflict' ? (
              <Button size="small" onClick={() => window.open(window.location.href, '_blank', 'noopener')}>
                Open the newer one in another tab
              </Button>
            ) : undefined
          }
        />
      ) : null}
      <div className="grid h-[max(20rem,calc(100dvh-21rem))] grid-cols-[auto_minmax(0,1fr)] overflow-hidden rounded-md border border-frame bg-sunken focus-within:border-edge">
        <LineNumbers text={text} scrolled={scrolled} />
        <textarea
          ref={area}
          aria-label={`Text of ${path}`}
          aria-describedby={readOnly ? undefined : 'editor-keys'}
          value={text}
          readOnly={readOnly}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          autoCorrect="off"
          onChange={(event) => setText(event.target.value)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
          onKeyDown={readOnly ? undefined : onKeyDown}
          className="size-full resize-none bg-transparent py-2 pr-3 pl-3 font-mono text-sm leading-5 [tab-size:4] outline-none max-sm:text-lg max-sm:leading-6"
        />
      </div>
      {readOnly ? null : (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="primary"
            icon={<Save aria-hidden />}
            pending={pending}
            disabled={!dirty}
            onClick={save}
          >
            Save
          </Button>
          <Button variant="ghost" disabled={!dirty || pending} onClick={undo}>
            Undo all changes
          </Button>
          <span role="status" className="text-sm text-muted">
            {dirty ? 'Not saved yet' : ''}
          </span>
          <span className="ml-auto flex items-center gap-1.5 text-sm text-faint max-sm:hidden">
            <KeyHint keys={['Ctrl', 'S']} /> saves, <KeyHint keys={['Esc', 'Tab']} /> leaves the text
          </span>
          <span id="editor-keys" className="sr-only">
            Tab indents. Press Escape, then Tab, to leave the text. Control S saves.
          </span>
        </div>
      )}
      <LeaveGuard active={dirty} name={path} onLeave={(href) => router.push(href)} />
    </div>
  );
}
