'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { answered } from '@/app/_hooks/answered';
import { useToast } from '@/app/_hooks/use-toast';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/text';
import type { Deletion, Project } from '@/lib/projects/schema';
import { deleteProject, describeDeletion } from '@/app/(dashboard)/projects/actions';

/** What is deleted, as a phrase. */
function lossOf({ files, bytes, secrets }: Deletion): string {
  const parts = ['its options'];
  if (files !== null) parts.unshift(`${formatCount(files, 'file')} (${formatBytes(bytes ?? 0)})`);
  if (secrets) parts.push(formatCount(secrets, 'secret'));
  return `${parts.slice(0, -1).join(', ')}${parts.length > 1 ? ' and ' : ''}${parts.at(-1)}`;
}

export function DeleteProject({
  project,
  leaveTo,
  onClose,
}: {
  project: Pick<Project, 'id' | 'name'>;
  leaveTo?: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const [loss, setLoss] = useState<Deletion | null>(null);
  useEffect(() => {
    let current = true;
    const describe = async () => {
      const result = await answered(describeDeletion)({ id: project.id });
      if (current && result.ok) setLoss(result.data);
    };
    void describe();
    return () => {
      current = false;
    };
  }, [project.id]);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${project.name}?`}
      confirmLabel="Delete project"
      onConfirm={async () => {
        const result = await answered(deleteProject)({ id: project.id });
        if (result.ok) {
          toast({ tone: 'success', title: `${project.name} was deleted` });
          if (leaveTo) router.push(leaveTo);
        }
        return result;
      }}
    >
      <p>
        {loss
          ? `This removes ${lossOf(loss)} for good.`
          : 'This removes its files, options and secrets for good.'}
      </p>
      <p>
        The images that were built from it stay in the engine
        {loss?.builds ? `, and ${formatCount(loss.builds, 'build')} in the history` : ''}.
      </p>
    </ConfirmDialog>
  );
}
