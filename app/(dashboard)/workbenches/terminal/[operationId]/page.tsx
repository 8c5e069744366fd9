import { notFound, redirect } from 'next/navigation';
import { requirePermission } from '@/lib/auth/require-user';
import { operationId } from '@/lib/operations/schema';
import { workbenchHref } from '@/lib/workbenches/schema';
import { findByTerminal } from '@/lib/workbenches/store';

/** Redirects from a terminal's operation to its workbench. */
export default async function TerminalPage({ params }: PageProps<'/workbenches/terminal/[operationId]'>) {
  await requirePermission('workbench:read');
  const terminal = operationId.safeParse((await params).operationId);
  const id = terminal.success ? await findByTerminal(terminal.data) : null;
  if (!id) notFound();
  redirect(workbenchHref(id));
}
