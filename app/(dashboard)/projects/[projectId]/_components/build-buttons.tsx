'use client';

import { Hammer, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { startOnce } from '@/app/_hooks/start-once';
import { Button, LinkButton } from '@/app/_components/ui/button';
import { Tooltip } from '@/app/_components/ui/tooltip';
import { failureToast } from '@/app/_hooks/failure-toast';
import { useToast } from '@/app/_hooks/use-toast';
import { startBuild } from '@/app/(dashboard)/builds/actions';
import { projectHref } from '@/app/(dashboard)/projects/_components/hrefs';
import { buildHref } from '@/lib/builds/href';
import type { ProjectId } from '@/lib/ids';

/** Build, and build and push, with the project's options; opens the page of the build. */
export function BuildButtons({
  projectId,
  targets,
  mayPush,
}: {
  projectId: ProjectId;
  /** Number of push targets of the project. */
  targets: number;
  mayPush: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const [pushing, setPushing] = useState(false);
  const start = (push: boolean) => {
    setPushing(push);
    startTransition(async () => {
      const result = await startOnce(startBuild, { projectId, push });
      if (result.ok) return router.push(buildHref(result.data.id));
      toast(failureToast('Build not started', result, () => start(push)));
    });
  };
  return (
    <>
      {mayPush && targets ? (
        <Button icon={<Upload aria-hidden />} pending={pending && pushing} onClick={() => start(true)}>
          Build and push
        </Button>
      ) : mayPush ? (
        <Tooltip text="Add a push target in the options first">
          <LinkButton href={projectHref(projectId, 'options')} icon={<Upload aria-hidden />}>
            Build and push…
          </LinkButton>
        </Tooltip>
      ) : null}
      <Button
        variant="primary"
        icon={<Hammer aria-hidden />}
        pending={pending && !pushing}
        onClick={() => start(false)}
      >
        Build
      </Button>
    </>
  );
}
