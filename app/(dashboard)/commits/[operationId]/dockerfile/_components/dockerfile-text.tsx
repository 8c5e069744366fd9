'use client';

import type { Ref } from 'react';
import type { Origin } from './line-origins';

interface DockerfileTextProps {
  ref: Ref<HTMLTextAreaElement>;
  text: string;
  origins: Origin[];
  readOnly: boolean;
  onChange: (text: string) => void;
  onActive: (command: number | null) => void;
}

const isSame = (one: Origin | undefined, other: Origin) =>
  one !== undefined && other.commands.length > 0 && one.commands.join() === other.commands.join();

/** A text area with line numbers and, beside each line, the commands that it comes from. */
export function DockerfileText({ ref, text, origins, readOnly, onChange, onActive }: DockerfileTextProps) {
  return (
    <div className="flex overflow-hidden rounded-md border border-edge bg-sunken font-mono text-sm leading-5 focus-within:border-accent">
      <ol
        aria-label="Line origins"
        className="shrink-0 border-r border-line bg-surface py-2 text-right select-none"
      >
        {origins.map((origin, index) => (
          <li key={index} className="flex h-5 items-center justify-end gap-1.5 pr-2 pl-2" title={origin.note}>
            {isSame(origins[index - 1], origin)
              ? null
              : origin.commands.slice(0, 3).map((command) => (
                  <a
                    key={command}
                    href={`#command-${command}`}
                    onClick={() => onActive(command)}
                    onMouseEnter={() => onActive(command)}
                    onMouseLeave={() => onActive(null)}
                    aria-label={`Line ${index + 1} comes from command ${command}`}
                    className="rounded-sm bg-kind-run-soft px-1 text-xs leading-4 text-kind-run-ink hover:underline"
                  >
                    {command}
                  </a>
                ))}
            {!isSame(origins[index - 1], origin) && origin.commands.length > 3 ? (
              <span className="text-xs text-muted" title={origin.commands.join(', ')}>
                …
              </span>
            ) : null}
            {origin.note && origins[index - 1]?.note !== origin.note ? (
              <span aria-label={origin.note} role="note" className="text-xs text-interrupted-ink">
                !
              </span>
            ) : null}
            <span aria-hidden className="w-6 text-faint tabular-nums">
              {index + 1}
            </span>
          </li>
        ))}
      </ol>
      <textarea
        ref={ref}
        aria-label="Dockerfile text"
        value={text}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
        rows={origins.length}
        wrap="off"
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
        className="min-w-0 flex-1 resize-none overflow-x-auto overflow-y-hidden bg-transparent px-3 py-2 leading-5 whitespace-pre outline-none"
      />
    </div>
  );
}
