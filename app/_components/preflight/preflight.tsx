'use client';

import { CircleCheck, CircleHelp, CircleX, RefreshCw, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorState } from '@/app/_components/ui/error-state';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import { Waiting } from '@/app/_components/ui/waiting';
import { type Answer, askServer } from '@/app/_hooks/ask-server';
import type { Preflight as Report, PreflightItem, PreflightLevel } from '@/lib/builds/preflight/schema';
import { formatCount } from '@/lib/format/text';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { ProjectId } from '@/lib/ids';

const marks: Record<PreflightLevel, ReactNode> = {
  ok: <CircleCheck aria-label="OK" className="mt-0.5 size-4 shrink-0 text-succeeded" />,
  unknown: <CircleHelp aria-label="Unknown" className="mt-0.5 size-4 shrink-0 text-muted" />,
  warning: <TriangleAlert aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-interrupted" />,
  problem: <CircleX aria-label="Problem" className="mt-0.5 size-4 shrink-0 text-failed" />,
};

interface PreflightProps {
  projectId: ProjectId;
  /** Options of the build being prepared; default: the project's. */
  options?: () => Promise<BuildOptions | null>;
}

/** Preflight checks of a build, run when the page opens and on demand. They never block a build. */
export function Preflight({ projectId, options }: PreflightProps) {
  const [answer, setAnswer] = useState<Answer<Report> | null>(null);
  const [round, setRound] = useState(0);
  const [answered, setAnswered] = useState(-1);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const body = { options: (await latest.current?.()) ?? undefined };
      const path = `/api/projects/${projectId}/preflight`;
      const found = await askServer<Report>(path, stop.signal, body);
      if (stop.signal.aborted) return;
      setAnswer(found);
      setAnswered(round);
    };
    void ask();
    return () => stop.abort();
  }, [projectId, round]);

  const looking = answered < round;
  return (
    <Panel
      title="Preflight checks"
      meta={
        looking && answer ? (
          <Waiting>Checking…</Waiting>
        ) : answer?.ok ? (
          <span role="status">
            {summary(answer.value.items)}, <RelativeTime at={answer.value.at} />
          </span>
        ) : null
      }
      actions={
        <IconButton
          label="Check again"
          icon={<RefreshCw />}
          pending={looking}
          onClick={() => setRound((before) => before + 1)}
        />
      }
    >
      {answer === null ? (
        <Waiting>Checking disk space, base images and registries…</Waiting>
      ) : answer.ok ? (
        <ul className="flex max-w-160 flex-col gap-2.5">
          {answer.value.items.map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </ul>
      ) : (
        <ErrorState error={answer.error} title="Checks failed" />
      )}
    </Panel>
  );
}

function summary(items: PreflightItem[]): string {
  const bad = items.filter(({ level }) => level === 'problem' || level === 'warning').length;
  return bad === 0 ? 'Ready to build' : formatCount(bad, 'issue');
}

function Item({ item: { level, title, detail, hint, href } }: { item: PreflightItem }) {
  const bad = level === 'problem' || level === 'warning';
  return (
    <li className="flex gap-2.5">
      {marks[level]}
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
        <p className="break-words text-muted">
          {detail} {hint ? <span className="text-ink">{hint} </span> : null}
          {bad && href ? (
            <Link href={href} className="link">
              View details
            </Link>
          ) : null}
        </p>
      </div>
    </li>
  );
}
