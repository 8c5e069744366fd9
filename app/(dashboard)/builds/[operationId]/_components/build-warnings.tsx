import { Panel } from '@/app/_components/ui/panel';
import type { OperationState } from '@/lib/events/state';

/** Warnings of the engine and of Layerwright that did not stop the build. */
export function BuildWarnings({ warnings }: Pick<OperationState, 'warnings'>) {
  if (!warnings.length) return null;
  return (
    <Panel title="Warnings" meta={warnings.length}>
      <ul className="flex flex-col gap-2">
        {warnings.map((warning, index) => (
          <li key={`${warning.short}-${index}`}>
            <p>
              {warning.line ? (
                <a href={`#line-${warning.line}`} className="link mr-2">
                  Line {warning.line}
                </a>
              ) : null}
              {warning.short}
            </p>
            {warning.detail ? (
              <p className="text-sm whitespace-pre-line text-muted">{warning.detail}</p>
            ) : null}
            {warning.url?.startsWith('https://') ? (
              <a href={warning.url} className="link text-sm" target="_blank" rel="noreferrer noopener">
                {warning.url}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
