'use client';

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { tabClasses, tabListClasses } from './tab-classes';

interface Tab {
  key: string;
  label: ReactNode;
  count?: ReactNode;
  content: ReactNode;
}

/**
 * Views within a page; arrow keys move between tabs. All views stay in the document, so that forms keep their values
 * and the browser's search finds their text.
 */
export function Tabs({
  label,
  tabs,
  value,
  defaultValue,
  onValueChange,
}: {
  label: string;
  tabs: Tab[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (key: string) => void;
}) {
  const id = useId();
  const [own, setOwn] = useState(defaultValue ?? tabs[0]?.key);
  const current = value ?? own;

  const choose = (key: string) => {
    setOwn(key);
    onValueChange?.(key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.key === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[
      event.key
    ];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (!next) return;
    event.preventDefault();
    choose(next.key);
    document.getElementById(`${id}-tab-${next.key}`)?.focus();
  };

  return (
    <div>
      <div role="tablist" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown} className={tabListClasses}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.key}`}
            aria-selected={tab.key === current}
            aria-controls={`${id}-view-${tab.key}`}
            tabIndex={tab.key === current ? 0 : -1}
            data-current={tab.key === current || undefined}
            onClick={() => choose(tab.key)}
            className={tabClasses}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="text-faint tabular-nums">{tab.count}</span>}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.key}
          role="tabpanel"
          id={`${id}-view-${tab.key}`}
          aria-labelledby={`${id}-tab-${tab.key}`}
          hidden={tab.key !== current}
        >
          {tab.content}
        </div>
      ))}
    </div>
  );
}
