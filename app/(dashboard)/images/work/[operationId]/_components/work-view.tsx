'use client';

import { LiveOperation } from '@/app/_components/live/live-operation';
import { LinkButton } from '@/app/_components/ui/button';
import type { OperationState } from '@/lib/events/state';
import type { ImageWork } from '@/lib/images/work/schema';
import { ArchiveFacts } from './archive-facts';
import { PullAgain } from './pull-again';
import { PullFacts } from './pull-facts';
import { RemovalBoard } from './removal-board';
import { SendAgain } from './send-again';
import { TransferBoard } from './transfer-board';

interface WorkViewProps {
  work: ImageWork;
  initialState: OperationState;
  may: { cancel: boolean; pull: boolean; load: boolean };
}

/** After these failures the server keeps the uploaded file for a day. */
const keeps = new Set(['engine_unreachable', 'engine_denied', 'engine_full', 'storage_full', 'interrupted']);

function Again({ work, may }: Pick<WorkViewProps, 'work' | 'may'>) {
  if (work.operation.status === 'succeeded') return null;
  if (work.kind === 'pull') return may.pull ? <PullAgain reference={work.input.reference} /> : null;
  if (work.kind === 'remove' || !may.load) return null;
  return (
    <>
      {keeps.has(work.operation.errorCode ?? '') ? <SendAgain work={work} /> : null}
      <LinkButton href={work.kind === 'load' ? '/images/add/load' : '/images/add/import'}>
        Choose another file
      </LinkButton>
    </>
  );
}

/** The page of one image operation, live and later. */
export function WorkView({ work, initialState, may }: WorkViewProps) {
  return (
    <LiveOperation
      operation={work.operation}
      initialState={initialState}
      mayCancel={may.cancel}
      breadcrumbs={[
        { label: 'Images', href: '/images' },
        { label: 'History', href: '/images/work' },
      ]}
      actions={<Again work={work} may={may} />}
    >
      {(state) => <WorkBody work={work} state={state} />}
    </LiveOperation>
  );
}

function WorkBody({ work, state }: { work: ImageWork; state: OperationState }) {
  const bars = state.steps.find(({ id }) => id === work.kind)?.progress ?? [];
  const ended = state.end?.status;
  if (work.kind === 'remove')
    return <RemovalBoard input={work.input} result={work.result} bars={bars} ended={ended} />;
  return (
    <>
      {work.kind === 'pull' ? <PullFacts work={work} /> : <ArchiveFacts work={work} />}
      <TransferBoard bars={bars} ended={ended} title={work.kind === 'pull' ? 'Layers' : 'Progress'} />
    </>
  );
}
