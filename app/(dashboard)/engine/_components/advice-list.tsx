import { CircleCheck, Info } from 'lucide-react';
import { Notice } from '@/app/_components/ui/notice';
import { Panel } from '@/app/_components/ui/panel';
import type { Advice } from '@/lib/disk/schema';

/** Renders text between back quotes as code. */
function Words({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // Parts of one sentence; only their position identifies them.
      // oxlint-disable-next-line react/no-array-index-key
      <code key={index} className="font-mono text-[0.93em] break-all">
        {part}
      </code>
    ) : (
      part
    ),
  );
}

/** Urgent advice as notices, the rest as a list. */
export function AdviceList({ advice }: { advice: Advice[] }) {
  const urgent = advice.filter(({ level }) => level === 'danger' || level === 'warning');
  const quiet = advice.filter(({ level }) => level === 'info' || level === 'good');
  return (
    <>
      {urgent.map(({ key, level, title, why, action }) => (
        <Notice key={key} tone={level === 'danger' ? 'danger' : 'warning'} title={title}>
          <p>{why}</p>
          {action ? (
            <p className="text-muted">
              <Words text={action} />
            </p>
          ) : null}
        </Notice>
      ))}
      {quiet.length > 0 ? (
        <Panel title="Advice">
          <ul className="flex max-w-200 flex-col gap-3">
            {quiet.map(({ key, level, title, why, action }) => (
              <li key={key} className="flex gap-2.5">
                {level === 'good' ? (
                  <CircleCheck aria-label="Good" className="mt-0.5 size-4 shrink-0 text-succeeded" />
                ) : (
                  <Info aria-label="Note" className="mt-0.5 size-4 shrink-0 text-muted" />
                )}
                <div className="min-w-0">
                  <p className="font-medium">{title}</p>
                  <p className="text-muted">
                    {why}{' '}
                    {action ? (
                      <span className="text-ink">
                        <Words text={action} />
                      </span>
                    ) : null}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}
