'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { startOnce } from '@/app/_hooks/start-once';
import { Button } from '@/app/_components/ui/button';
import { Dialog } from '@/app/_components/ui/dialog';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Field } from '@/app/_components/ui/field';
import { Input } from '@/app/_components/ui/input';
import type { ActionFailure } from '@/lib/actions/result';
import { createFromTemplate } from '@/app/(dashboard)/projects/actions';
import { useFocusFirstError } from '@/app/_hooks/use-focus-first-error';
import { projectHref } from './hrefs';

export interface TemplateChoice {
  id: string;
  name: string;
  description: string;
}

/** Project templates. */
export function TemplateList({ templates }: { templates: TemplateChoice[] }) {
  const [chosen, setChosen] = useState<TemplateChoice | null>(null);
  return (
    <>
      <ul className="divide-y divide-line">
        {templates.map((template) => (
          <li key={template.id} className="flex items-center gap-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="font-medium">{template.name}</p>
              <p className="text-sm text-muted">{template.description}</p>
            </div>
            <Button size="small" aria-label={`Use ${template.name}`} onClick={() => setChosen(template)}>
              Use
            </Button>
          </li>
        ))}
      </ul>
      {chosen ? <TemplateDialog key={chosen.id} template={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function TemplateDialog({ template, onClose }: { template: TemplateChoice; onClose: () => void }) {
  const router = useRouter();
  const [name, setName] = useState(template.id);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const form = useFocusFirstError(failure);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await startOnce(createFromTemplate, { template: template.id, name });
      if (!result.ok) return setFailure(result);
      router.push(projectHref(result.data.id));
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`New project: ${template.name}`}
      description={template.description}
      size="small"
      locked={pending}
      footer={
        <>
          <Button disabled={pending} onClick={onClose}>
            Cancel
          </Button>
          <Button form="template-form" type="submit" variant="primary" pending={pending}>
            Create project
          </Button>
        </>
      }
    >
      <form ref={form} id="template-form" onSubmit={submit} noValidate className="flex flex-col gap-3">
        {failure && !failure.fields ? <ErrorState title="Not created" error={failure} /> : null}
        <Field label="Name of the project" required error={failure?.fields?.name}>
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
