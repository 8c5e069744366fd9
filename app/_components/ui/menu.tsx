'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { Slot } from 'radix-ui';
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useId,
  useRef,
} from 'react';
import { RaisedPanel } from './beside';
import type { Align, Side } from './place';
import { useTrigger } from './use-trigger';

const MenuContext = createContext<() => void>(() => undefined);

const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled=true])'),
];

/** The entry that a key moves to; undefined for other keys. */
function entryFor(key: string, entries: HTMLElement[]): HTMLElement | undefined {
  const at = entries.findIndex((entry) => entry === document.activeElement);
  if (key === 'ArrowDown') return entries[(at + 1) % entries.length];
  if (key === 'ArrowUp') return entries.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return entries[0];
  if (key === 'End') return entries.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const after = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  return after.find((entry) => entry.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

interface MenuProps {
  /** The trigger button; keeps its own accessible name. */
  trigger: ReactElement<ComponentProps<'button'>>;
  /** Heading inside the menu. */
  label?: ReactNode;
  align?: Align;
  side?: Side;
  children: ReactNode;
}

/** `<Menu trigger={<IconButton label="More" icon={<Ellipsis />} />}><MenuItem …/></Menu>` */
export function Menu({ trigger, label, align = 'end', side = 'bottom', children }: MenuProps) {
  const id = useId();
  const { open, setOpen, close, trigger: opener } = useTrigger();
  const byKey = useRef<'first' | 'last' | null>(null);

  const onTriggerKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') byKey.current = 'first'; // the click event follows
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    byKey.current = event.key === 'ArrowDown' ? 'first' : 'last';
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Events must not reach enclosing elements, such as a dialog.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Tab') close();
    else {
      const entry = entryFor(event.key, itemsOf(event.currentTarget));
      if (!entry) return;
      event.preventDefault();
      entry.focus();
    }
  };
  const begin = (menu: HTMLDivElement | null) => {
    if (!menu) return;
    const entries = itemsOf(menu);
    const first = { first: entries[0], last: entries.at(-1) }[byKey.current ?? 'first'];
    (byKey.current && first ? first : menu).focus();
    byKey.current = null;
  };

  return (
    <>
      <Slot.Root
        {...opener}
        id={trigger.props.id ?? id}
        aria-haspopup="menu"
        aria-controls={open ? `${id}-menu` : undefined}
        onKeyDown={onTriggerKey}
      >
        {trigger}
      </Slot.Root>
      {open ? (
        <RaisedPanel
          anchor={opener.ref}
          side={side}
          align={align}
          onClose={close}
          className="max-w-88 min-w-44"
        >
          <MenuContext value={close}>
            {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- `begin` focuses it */}
            <div
              ref={begin}
              id={`${id}-menu`}
              role="menu"
              tabIndex={-1}
              aria-labelledby={trigger.props.id ?? id}
              onKeyDown={onKeyDown}
              className="p-1 text-base outline-none"
            >
              {label ? (
                <div role="presentation" className="px-2 py-1 text-xs text-muted">
                  {label}
                </div>
              ) : null}
              {children}
            </div>
          </MenuContext>
        </RaisedPanel>
      ) : null}
    </>
  );
}

const look =
  'focus:bg-hover flex min-h-8 w-full cursor-default items-center gap-2.5 rounded-md px-2 py-1 text-left outline-none select-none aria-disabled:opacity-50 pointer-coarse:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0';

/** The pointer selects entries as the arrow keys do. */
const hover = {
  tabIndex: -1,
  onPointerMove: (event: { currentTarget: HTMLElement }) => {
    if (document.activeElement !== event.currentTarget) event.currentTarget.focus({ preventScroll: true });
  },
};

interface MenuItemProps {
  icon?: ReactNode;
  children: ReactNode;
  /** URL, for a link. */
  href?: string;
  /** Handler, for an action. */
  onSelect?: () => void;
  danger?: boolean;
  disabled?: boolean;
  /** Small text at the end: a shortcut, or why it is disabled. */
  detail?: ReactNode;
}

export function MenuItem({
  icon,
  children,
  href,
  onSelect,
  danger,
  disabled = false,
  detail,
}: MenuItemProps) {
  const close = useContext(MenuContext);
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail ? <span className="text-xs text-muted">{detail}</span> : null}
    </>
  );
  const className = clsx(look, danger ? 'text-failed-ink' : '[&>svg]:text-muted');
  const choose = () => {
    if (disabled) return;
    close();
    onSelect?.();
  };
  if (href && !disabled)
    return (
      <Link href={href} role="menuitem" className={className} onClick={choose} {...hover}>
        {content}
      </Link>
    );
  return (
    <button
      type="button"
      role="menuitem"
      aria-disabled={disabled || undefined}
      className={className}
      onClick={choose}
      {...hover}
    >
      {content}
    </button>
  );
}

export function MenuSeparator() {
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a separator, not focusable
  return <div role="separator" className="my-1 h-px bg-line" />;
}

/** One of several options, the selected one checked; the menu stays open. */
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
    <div role="group">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="menuitemradio"
          aria-checked={choice.value === value}
          onClick={() => onValueChange(choice.value)}
          className={clsx(look, '[&>svg]:text-muted')}
          {...hover}
        >
          {choice.icon}
          <span className="min-w-0 flex-1 truncate">{choice.label}</span>
          {choice.value === value ? <Check aria-hidden className="size-4" /> : null}
        </button>
      ))}
    </div>
  );
}
