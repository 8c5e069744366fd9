'use client';

import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import type { EditorOptions, MountedEditor } from './mount';

/** Calls into the editor; no-ops until it is loaded. */
export type EditorHandle = Pick<MountedEditor, 'format' | 'fix' | 'show' | 'focus'>;

/** The text while the editor loads, at the same position, so that nothing jumps. */
function PlainText({ text }: { text: string }) {
  return (
    <pre className="absolute inset-0 overflow-auto py-2 pr-3 pl-12 font-mono text-sm leading-5 max-sm:text-lg max-sm:leading-6">
      {text}
    </pre>
  );
}

/** A text editor. CodeMirror is large, so it is loaded on demand. */
export function CodeEditor({
  ref,
  document,
  ...options
}: Omit<EditorOptions, 'text'> & {
  ref?: Ref<EditorHandle>;
  /** A new object replaces the text of the editor. Typed text is reported by `onChange` only. */
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

  // Mounted once: another file gets its own editor (keyed by path).
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
            title="Editor not loaded"
            error={{
              message: 'The text is read-only.',
              hint: 'Check that the server is running, then reload the page.',
            }}
            action={
              <Button size="small" onClick={() => window.location.reload()}>
                Reload page
              </Button>
            }
          />
        </div>
      ) : null}
    </div>
  );
}
