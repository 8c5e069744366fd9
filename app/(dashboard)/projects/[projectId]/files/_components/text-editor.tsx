'use client';

import { Save, WandSparkles } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useRef, useState } from 'react';
import { CodeEditor, type EditorHandle } from '@/app/_components/code-editor/code-editor';
import { countFindings, DockerfileFindings } from '@/app/_components/dockerfile-findings';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Panel } from '@/app/_components/ui/panel';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import type { Finding } from '@/lib/dockerfiles/finding';
import { LeaveGuard } from '@/app/(dashboard)/projects/_components/leave-guard';
import { EditorKeys } from './editor-keys';
import { type StoredText, useSavedText } from './use-saved-text';

/** Warns before unsaved text is lost, and saves only over the version that it read. */
export function TextEditor({ isDockerfile, ...stored }: StoredText & { isDockerfile: boolean }) {
  const { path, readOnly } = stored;
  const router = useRouter();
  const keysId = useId();
  const { setText, given, dirty, failure, pending, save, undo } = useSavedText(stored);
  const [findings, setFindings] = useState<Finding[]>([]);
  const editor = useRef<EditorHandle>(null);
  useHotkey('mod+s', save);

  return (
    <div className="flex flex-col gap-3 pt-1">
      {failure ? (
        <ErrorState
          title="Not saved"
          error={failure}
          action={
            failure.code === 'conflict' ? (
              <Button size="small" onClick={() => window.open(window.location.href, '_blank', 'noopener')}>
                Open the newer version in another tab
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
