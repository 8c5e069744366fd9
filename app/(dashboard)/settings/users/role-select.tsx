'use client';

import { useState, useTransition } from 'react';
import { NativeSelect } from '@/app/_components/ui/native-select';
import { answered } from '@/app/_hooks/answered';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { type Role, roleLabels, roles } from '@/lib/commands/roles';
import type { UserSummary } from '@/lib/auth/schema';
import { changeRole } from '@/app/(dashboard)/settings/actions';

export function RoleSelect({ user }: { user: Pick<UserSummary, 'id' | 'name' | 'role'> }) {
  const toast = useToast();
  const [pending, start] = useTransition();
  const [wanted, setWanted] = useState<Role | null>(null);
  const change = (role: Role) => {
    setWanted(role);
    start(async () => {
      const result = await answered(changeRole)({ id: user.id, role });
      if (result.ok)
        toast({ tone: 'success', title: `${user.name} is now ${roleLabels[role].name.toLowerCase()}.` });
      else toast(failureToast(`The role of ${user.name} was not changed`, result));
      setWanted(null);
    });
  };
  return (
    <NativeSelect
      aria-label={`Role of ${user.name}`}
      className="w-40"
      value={wanted ?? user.role}
      disabled={pending}
      onChange={(event) => change(roles.find((role) => role === event.target.value) ?? user.role)}
    >
      {roles.map((role) => (
        <option key={role} value={role} title={roleLabels[role].description}>
          {roleLabels[role].name}
        </option>
      ))}
    </NativeSelect>
  );
}
