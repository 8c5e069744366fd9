'use client';

import { LiveOperation } from '@/app/_components/live/live-operation';
import type { OperationState } from '@/lib/events/state';
import type { PushDetails } from '@/lib/images/schema';
import { LayerBoard } from './layer-board';
import { PushAgain } from './push-again';
import { PushFacts } from './push-facts';

interface PushViewProps {
  push: PushDetails;
  initialState: OperationState;
  mayCancel: boolean;
  mayPush: boolean;
}

/** The page of one push, live and later. */
export function PushView({ push, initialState, mayCancel, mayPush }: PushViewProps) {
  const { operation, result } = push;
  return (
    <LiveOperation
      operation={operation}
      initialState={initialState}
      mayCancel={mayCancel}
      breadcrumbs={[
        { label: 'Images', href: '/images' },
        { label: 'Pushes', href: '/pushes' },
      ]}
      actions={mayPush && operation.status !== 'succeeded' ? <PushAgain push={push} /> : null}
    >
      {(state) => (
        <>
          <PushFacts push={push} pushed={result} />
          <LayerBoard
            bars={state.steps.find(({ id }) => id === 'push')?.progress ?? []}
            layers={push.layers}
            ended={state.end?.status}
          />
        </>
      )}
    </LiveOperation>
  );
}
