'use client';

import { Ban, CircleCheck, Ellipsis, KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_components/ui/confirm-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import type { UserSummary } from '@/lib/auth/schema';
import { deleteUser, disableUser, enableUser } from '@/app/(dashboard)/settings/actions';
import { ResetPasswordDialog } from './reset-password-dialog';

export function UserMenu({ user }: { user: Pick<UserSummary, 'id' | 'name' | 'disabledAt'> }) {
  const [open, setOpen] = useState<'password' | 'disable' | 'delete' | null>(null);
  const toast = useToast();
  const close = () => setOpen(null);
  const enable = async () => {
    const result = await answered(enableUser)({ id: user.id });
    if (result.ok) toast({ tone: 'success', title: `${user.name} can sign in again.` });
    else toast(failureToast(`${user.name} is still disabled`, result, () => void enable()));
  };
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${user.name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<KeyRound />} onSelect={() => setOpen('password')}>
          Set a new password…
        </MenuItem>
        {user.disabledAt ? (
          <MenuItem icon={<CircleCheck />} onSelect={() => void enable()}>
            Enable
          </MenuItem>
        ) : (
          <MenuItem icon={<Ban />} onSelect={() => setOpen('disable')}>
            Disable…
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      <ResetPasswordDialog user={user} open={open === 'password'} onClose={close} />
      <ConfirmDialog
        open={open === 'disable'}
        onOpenChange={close}
        title={`Disable ${user.name}?`}
        confirmLabel="Disable user"
        onConfirm={() => answered(disableUser)({ id: user.id })}
      >
        <p>
          Ends all login sessions of {user.name} and blocks sign-in until enabled again. Running work
          continues; projects and history are kept.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={`Delete ${user.name}?`}
        confirmLabel="Delete user"
        onConfirm={() => answered(deleteUser)({ id: user.id })}
      >
        <p>
          Deletes the account and its login sessions permanently. Projects, builds and images are kept, and
          the history keeps the name.
        </p>
      </ConfirmDialog>
    </>
  );
}
