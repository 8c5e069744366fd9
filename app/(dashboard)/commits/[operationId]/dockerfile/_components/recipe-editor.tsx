'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useRef, useState, useTransition } from 'react';
import { createFromRecipe } from '@/app/(dashboard)/commits/actions';
import type { ShownCommand } from '@/lib/recipes/recording';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Panel } from '@/app/_components/ui/panel';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { TextField } from '@/app/_components/ui/text-field';
import type { ActionFailure } from '@/lib/actions/result';
import { formatCount } from '@/lib/format/text';
import { recipeHref } from '@/lib/recipes/href';
import type { Recipe } from '@/lib/recipes/schema';
import type { OperationId } from '@/lib/ids';
import { DockerfileText } from './dockerfile-text';
import { lineOf, type Origin, originsOf } from './line-origins';
import { RecordingList } from './recording-list';

interface RecipeEditorProps {
  commitId: OperationId;
  suggestedName: string;
  commands: ShownCommand[];
  dropped: Recipe['dropped'];
  text: string;
  origins: Origin[];
  mayCreate: boolean;
}

/** The edited text, the commands that each line comes from, and the highlighted command. */
function useRecipeText(recipe: { text: string; origins: Origin[] }) {
  const [text, setText] = useState(recipe.text);
  const [active, setActive] = useState<number | null>(null);
  const editor = useRef<HTMLTextAreaElement>(null);
  const generated = useMemo(() => recipe.text.split('\n'), [recipe.text]);
  const lines = text.split('\n');
  const origins = useMemo(
    () => originsOf(generated, recipe.origins, text.split('\n')),
    [generated, recipe.origins, text],
  );

  /** Selects the line of a command in the editor. */
  const showLine = (command: number) => {
    const line = lineOf(origins, command);
    const field = editor.current;
    if (line === 0 || !field) return;
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + lines[line - 1]!.length);
    setActive(command);
  };
  return { text, setText, origins, editor, active, setActive, showLine };
}

/** The recorded commands beside the generated Dockerfile, which can be edited and made a project. */
export function RecipeEditor(props: RecipeEditorProps) {
  const { commitId, suggestedName, commands, dropped, mayCreate } = props;
  const router = useRouter();
  const { text, setText, origins, editor, active, setActive, showLine } = useRecipeText(props);
  const [name, setName] = useState(suggestedName);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await startOnce(createFromRecipe, { commit: commitId, name, dockerfile: text });
      if (result.ok) return router.push(recipeHref(result.data.id));
      setFailure(result);
    });
  };

  const kept = commands.filter(({ number }) => lineOf(origins, number) > 0).length;
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-6">
      <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Panel
          title="Recorded commands"
          meta={
            commands.length > 0 ? `${kept} of ${formatCount(commands.length, 'command')} used` : undefined
          }
          padding="flush"
        >
          <RecordingList
            commands={commands}
            dropped={dropped}
            lineOf={(command) => lineOf(origins, command)}
            active={active}
            onShow={showLine}
          />
        </Panel>
        <Panel
          title="Dockerfile"
          actions={
            text === props.text ? null : (
              <Button size="small" variant="ghost" onClick={() => setText(props.text)}>
                Reset
              </Button>
            )
          }
        >
          <DockerfileText
            ref={editor}
            text={text}
            origins={origins}
            onChange={setText}
            readOnly={!mayCreate}
            onActive={setActive}
          />
          <DockerfileError text={failure?.fields?.dockerfile} />
          <p className="mt-2 text-sm text-muted">
            Sources below <span className="font-mono">files/</span> are extracted from the committed image by
            path, also for lines that you add. <span className="font-mono">files.tar</span> holds changes that
            no command explains.
          </p>
        </Panel>
      </div>
      {mayCreate ? <CreateBar name={name} onName={setName} failure={failure} pending={pending} /> : null}
    </form>
  );
}

function DockerfileError({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p role="alert" className="mt-1 text-sm text-failed-ink">
      {text}
    </p>
  );
}

function CreateBar({
  name,
  onName,
  failure,
  pending,
}: {
  name: string;
  onName: (name: string) => void;
  failure: ActionFailure | null;
  pending: boolean;
}) {
  return (
    <div className="sticky bottom-0 z-10 -mx-2 flex flex-col gap-2 border-t border-line bg-surface px-2 py-3 max-sm:bottom-14">
      {failure && !failure.fields ? <ErrorState title="Project not created" error={failure} /> : null}
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="Project name"
          error={failure?.fields?.name}
          className="w-72 max-w-full"
          value={name}
          onValueChange={onName}
        />
        <Button type="submit" variant="primary" pending={pending}>
          Create project
        </Button>
        <span className="min-w-0 flex-1 basis-60 text-sm text-muted max-sm:hidden">
          Each build of the project is compared with the committed image, path by path.
        </span>
      </div>
    </div>
  );
}
