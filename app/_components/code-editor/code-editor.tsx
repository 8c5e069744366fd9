'use client';

import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import type { EditorOptions, MountedEditor } from './mount';

/** What the page may ask of the editor; nothing happens before it is loaded. */
export type EditorHandle = Pick<MountedEditor, 'format' | 'fix' | 'show' | 'focus'>;

/** The text before the editor is there, at the same place, so that nothing jumps. */
function PlainText({ text }: { text: string }) {
  return (
    <pre className="absolute inset-0 overflow-auto py-2 pr-3 pl-12 font-mono text-sm leading-5 max-sm:text-lg max-sm:leading-6">
      {text}
    </pre>
  );
}

/** A text in an editor, which is a large program of its own and comes when it is needed. */
export function CodeEditor({
  ref,
  document,
  ...options
}: Omit<EditorOptions, 'text'> & {
  ref?: Ref<EditorHandle>;
  /** A new object puts its text into the editor, whatever is there; what is typed does not come back through here. */
  document: { text: string };
}) {
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedEditor | null>(null);
  const latest = useRef({ ...options, text: document.text });
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  useEffect(() => {
    latest.current = { ...options, text: document.text };
  });
  useEffect(() => mounted.current?.replace(document.text), [document]);

  // Mounted once: a file that is opened after this one has an editor of its own (its key is the path).
  useEffect(() => {
    let current = true;
    const load = async () => {
      const { mountEditor } = await import('./mount');
      if (!current || !host.current) return;
      mounted.current = mountEditor(host.current, {
        ...latest.current,
        onChange: (changed) => latest.current.onChange(changed),
        onFindings: (findings) => latest.current.onFindings(findings),
      });
      setState('ready');
    };
    load().catch(() => {
      if (current) setState('failed');
    });
    return () => {
      current = false;
      mounted.current?.destroy();
      mounted.current = null;
    };
  }, []);

  useImperativeHandle(ref, () => ({
    format: () => mounted.current?.format(),
    fix: (finding) => mounted.current?.fix(finding),
    show: (finding) => mounted.current?.show(finding),
    focus: () => mounted.current?.focus(),
  }));

  return (
    <div className="relative h-full min-h-0">
      <div ref={host} className="h-full min-h-0" />
      {state === 'ready' ? null : <PlainText text={document.text} />}
      {state === 'failed' ? (
        <div className="absolute inset-x-2 top-2">
          <ErrorState
            title="The editor could not be loaded"
            error={{ message: 'The text can be read, not changed.', hint: 'Is the server still there?' }}
            action={
              <Button size="small" onClick={() => window.location.reload()}>
                Load the page again
              </Button>
            }
          />
        </div>
      ) : null}
    </div>
  );
}
