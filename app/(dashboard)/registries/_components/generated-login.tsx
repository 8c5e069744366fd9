'use client';

import { Eye, EyeOff, RefreshCw } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Button } from '@/app/_components/ui/button';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { CopyText } from '@/app/_components/ui/copy';
import { Panel } from '@/app/_components/ui/panel';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { renewRegistryLogin, revealRegistryLogin } from '@/app/(dashboard)/registries/actions';
import type { Registry } from '@/lib/registries/schema';

/** For administrators: how to use the local registry from a shell. */
export function GeneratedLogin({ registry }: { registry: Registry }) {
  const [password, setPassword] = useState<string | null>(null);
  return (
    <Panel
      title="Command line"
      actions={<RenewButton registry={registry} onRenewed={() => setPassword(null)} />}
    >
      <div className="flex max-w-120 flex-col gap-3">
        <p className="text-muted">
          Layerwright uses this login by itself. To push and pull from a shell on the engine’s machine, sign
          in with it:
        </p>
        <CopyText
          label="Copy command"
          text={`docker login --username ${registry.username} ${registry.host}`}
        />
        <ShownPassword id={registry.id} password={password} onChange={setPassword} />
      </div>
    </Panel>
  );
}

interface ShownPasswordProps {
  id: string;
  /** Null while hidden. */
  password: string | null;
  onChange: (password: string | null) => void;
}

function ShownPassword({ id, password, onChange }: ShownPasswordProps) {
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const show = () =>
    startTransition(async () => {
      const result = await answered(revealRegistryLogin)({ id });
      if (result.ok) onChange(result.data.password);
      else toast(failureToast('The password could not be read', result, show));
    });
  if (password === null)
    return (
      <div>
        <Button size="small" icon={<Eye aria-hidden />} pending={pending} onClick={show}>
          Show password
        </Button>
      </div>
    );
  return (
    <div className="flex flex-wrap items-center gap-3">
      <CopyText label="Copy password" text={password} />
      <Button size="small" icon={<EyeOff aria-hidden />} onClick={() => onChange(null)}>
        Hide
      </Button>
    </div>
  );
}

function RenewButton({ registry, onRenewed }: { registry: Registry; onRenewed: () => void }) {
  const [open, setOpen] = useState(false);
  const renew = async () => {
    const result = await answered(renewRegistryLogin)({ id: registry.id });
    if (result.ok) onRenewed();
    return result;
  };
  return (
    <>
      <Button size="small" icon={<RefreshCw aria-hidden />} onClick={() => setOpen(true)}>
        New password…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Make a new password for ${registry.host}?`}
        confirmLabel="Make new password"
        tone="primary"
        onConfirm={renew}
      >
        <p>The present one is refused at once: whoever signed in from a shell has to do it again.</p>
      </ConfirmDialog>
    </>
  );
}
