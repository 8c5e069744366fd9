'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { usePortalContainer } from './portal';

/** `<Menu trigger={<IconButton label="More" icon={<Ellipsis />} />}><MenuItem …/></Menu>` */
export function Menu({
  trigger,
  label,
  align = 'end',
  side,
  children,
}: {
  /** One button; it keeps its own name for screen readers. */
  trigger: ReactElement;
  /** Heading inside the menu. */
  label?: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  children: ReactNode;
}) {
  const container = usePortalContainer();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-[var(--radix-dropdown-menu-content-available-height)] max-w-88 min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          {label ? (
            <DropdownMenu.Label className="px-2 py-1 text-xs text-faint">{label}</DropdownMenu.Label>
          ) : null}
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const item =
  'data-highlighted:bg-hover flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2 py-1 outline-none select-none data-disabled:opacity-50 pointer-coarse:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0';

export interface MenuItemProps {
  icon?: ReactNode;
  children: ReactNode;
  /** Goes somewhere. */
  href?: string;
  /** Does something. */
  onSelect?: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** Small words at the end: a shortcut, why it is disabled. */
  detail?: ReactNode;
}

export function MenuItem({ icon, children, href, onSelect, danger, disabled, detail }: MenuItemProps) {
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail ? <span className="text-xs text-faint">{detail}</span> : null}
    </>
  );
  const className = clsx(item, danger ? 'text-failed-ink' : '[&>svg]:text-muted');
  if (href) {
    return (
      <DropdownMenu.Item asChild disabled={disabled} onSelect={onSelect}>
        <Link href={href} className={className}>
          {content}
        </Link>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onSelect} className={className}>
      {content}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

/** One of several, the chosen one ticked. */
export function MenuChoice<Value extends string>({
  value,
  onValueChange,
  choices,
}: {
  value: Value;
  onValueChange: (value: Value) => void;
  choices: { value: Value; label: string; icon?: ReactNode }[];
}) {
  return (
    <DropdownMenu.RadioGroup
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((other) => other.value === next);
        if (choice) onValueChange(choice.value);
      }}
    >
      {choices.map((choice) => (
        <DropdownMenu.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={clsx(item, '[&>svg]:text-muted')}
        >
          {choice.icon}
          <span className="min-w-0 flex-1 truncate">{choice.label}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="size-4" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
