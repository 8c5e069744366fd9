'use client';

import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { type ComponentProps, type Ref, useEffect, useRef } from 'react';
import { useHotkey } from '@/app/_hooks/use-hotkey';
import { KeyHint } from './key-hint';

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'value' | 'onChange'> {
  /** What is searched, as the accessible name. */
  label: string;
  value?: string;
  onValueChange?: (value: string) => void;
  /** `/` focuses the field; at most one per page. */
  hotkey?: boolean;
  /** Without a border, for use in a toolbar. */
  plain?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** Controlled (`value`, `onValueChange`), or in a GET form with `name` and `defaultValue`. */
export function SearchField({
  label,
  value,
  onValueChange,
  hotkey,
  plain,
  className,
  ref,
  ...rest
}: SearchFieldProps) {
  const own = useRef<HTMLInputElement | null>(null);
  useHotkey(hotkey ? '/' : null, () => own.current?.select());
  const { defaultValue } = rest;
  useEffect(() => {
    // The URL has another search now (a link, the back button); text being typed stays.
    const field = own.current;
    if (field && defaultValue !== undefined && field !== document.activeElement)
      field.value = String(defaultValue);
  }, [defaultValue]);
  return (
    <search className={clsx('relative min-w-0', className ?? 'w-full sm:w-64')}>
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-faint"
      />
      <input
        ref={(element) => {
          own.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref) ref.current = element;
        }}
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        {...rest}
        value={value}
        onChange={onValueChange ? (event) => onValueChange(event.target.value) : undefined}
        className={clsx(
          plain && 'h-7 border-transparent bg-transparent text-sm hover:bg-hover',
          !plain && 'h-8.5 pointer-coarse:h-10',
          'field-control pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden',
        )}
      />
      {value ? (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => {
            onValueChange?.('');
            own.current?.focus();
          }}
          className="absolute inset-y-0 right-1 my-auto flex size-7 items-center justify-center text-muted hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : hotkey ? (
        <span className="pointer-events-none absolute inset-y-0 right-2 my-auto flex items-center max-sm:hidden">
          <KeyHint keys={['/']} />
        </span>
      ) : null}
    </search>
  );
}
