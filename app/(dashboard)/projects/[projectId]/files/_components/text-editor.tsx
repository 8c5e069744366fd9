'use client';

import { Save, WandSparkles } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useRef, useState, useTransition } from 'react';
import { CodeEditor, type EditorHandle } from '@/app/_components/code-editor/code-editor';
import { countFindings, DockerfileFindings } from '@/app/_components/dockerfile-findings';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Panel } from '@/app/_components/ui/panel';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { useToast } from '@/app/_hooks/use-toast';
import type { ActionFailure } from '@/lib/actions/result';
import type { Finding } from '@/lib/dockerfiles/finding';
import { saveFile } from '@/app/(dashboard)/projects/actions';
import { LeaveGuard } from '@/app/(dashboard)/projects/_components/leave-guard';
import { EditorKeys } from './editor-keys';

/** Where most lines end in \r\n they shall go on to do so: the editor knows \n only. */
const windowsEnds = (text: string) => text.includes('\r\n');
const unixEnds = (text: string) => text.replaceAll('\r\n', '\n');

/** An editor that loses nothing: guards unsaved text, and saves only over the version that it read. */
export function TextEditor({
  projectId,
  path,
  text: initial,
  version: initialVersion,
  readOnly,
  isDockerfile,
}: {
  projectId: string;
  path: string;
  text: string;
  version: string;
  readOnly: boolean;
  isDockerfile: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const keysId = useId();
  const [saved, setSaved] = useState(() => ({ text: unixEnds(initial), version: initialVersion }));
  const [text, setText] = useState(saved.text);
  // What the editor was last given; what is typed into it is in `text` alone.
  const [given, setGiven] = useState({ text: saved.text });
  const [findings, setFindings] = useState<Finding[]>([]);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const editor = useRef<EditorHandle>(null);
  const dirty = text !== saved.text;

  const give = (fresh: string) => {
    setText(fresh);
    setGiven({ text: fresh });
  };
  // Another version came from the server (a second window, an upload), and nothing here is lost by showing it.
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
    give(saved.text);
    setFailure(null);
    router.refresh(); // to what is stored now, which may be somebody else's
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
      <div className="h-[max(20rem,calc(100dvh-21rem))] overflow-hidden rounded-md border border-frame bg-sunken focus-within:border-edge">
        <CodeEditor
          ref={editor}
          document={given}
          path={path}
          isDockerfile={isDockerfile}
          readOnly={readOnly}
          label={`Text of ${path}`}
          describedBy={readOnly ? undefined : keysId}
          onChange={setText}
          onFindings={setFindings}
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
          {isDockerfile ? (
            <Button icon={<WandSparkles aria-hidden />} onClick={() => editor.current?.format()}>
              Format
            </Button>
          ) : null}
          <Button variant="ghost" disabled={!dirty || pending} onClick={undo}>
            Undo all changes
          </Button>
          <span role="status" className="text-sm text-muted">
            {dirty ? 'Not saved yet' : ''}
          </span>
          <EditorKeys id={keysId} isDockerfile={isDockerfile} />
        </div>
      )}
      {findings.length ? (
        <Panel title="Findings" meta={countFindings(findings)} padding="flush">
          <DockerfileFindings
            findings={findings}
            onShow={(finding) => editor.current?.show(finding)}
            onFix={readOnly ? undefined : (finding) => editor.current?.fix(finding)}
          />
        </Panel>
      ) : null}
      <LeaveGuard active={dirty} name={path} onLeave={(href) => router.push(href)} />
    </div>
  );
}
