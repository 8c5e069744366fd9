import Link from 'next/link';
import { countFindings, DockerfileFindings } from '@/app/_components/dockerfile-findings';
import { Panel } from '@/app/_components/ui/panel';
import { filesHref } from '@/app/(dashboard)/projects/_components/hrefs';
import type { BuildDetails } from '@/lib/builds/schema';
import { checkDockerfile } from '@/lib/dockerfiles/check';

/** Findings in the Dockerfile that was built; the editor shows the same. */
export function DockerfileNotes({ build, mayEdit }: { build: BuildDetails; mayEdit: boolean }) {
  const findings = checkDockerfile(build.dockerfileText ?? '');
  if (!findings.length) return null;
  return (
    <Panel
      title="Findings in the Dockerfile"
      meta={countFindings(findings)}
      padding="flush"
      actions={
        mayEdit && build.projectId ? (
          <Link href={filesHref(build.projectId, build.dockerfile)} className="link text-sm">
            Fix in the editor
          </Link>
        ) : null
      }
    >
      <DockerfileFindings findings={findings} />
    </Panel>
  );
}
