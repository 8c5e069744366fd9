'use client';

import { useActionState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { SubmitButton } from '@/app/_components/ui/submit-button';
import { answered } from '@/app/_hooks/answered';
import type { Verification } from '@/lib/audit/log/schema';
import { verifyAudit } from './actions';

function Result({ rows, hash, bad }: Verification) {
  if (bad)
    return (
      <Notice tone="danger" title={`Row ${bad.seq} ${bad.problem}`}>
        {rows ? `Rows 1 to ${rows} are in order.` : 'No row before it is in order.'}
      </Notice>
    );
  return (
    <p>
      Rows 1 to {rows} verified. Hash of the last: <code className="font-mono text-sm break-all">{hash}</code>
    </p>
  );
}

/** Verifies the chain of hashes of the whole log. */
export function VerifyChain() {
  const [result, submit] = useActionState(async () => answered(verifyAudit)(), null);
  return (
    <form action={submit} className="flex flex-wrap items-center gap-3">
      <SubmitButton variant="secondary" size="small">
        Verify
      </SubmitButton>
      <div role="status" className="min-w-0">
        {result?.ok ? <Result {...result.data} /> : null}
      </div>
      {result && !result.ok ? <ErrorState title="The audit log was not verified" error={result} /> : null}
    </form>
  );
}
