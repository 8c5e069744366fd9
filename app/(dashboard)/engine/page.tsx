import { ErrorState } from '@/app/_components/ui/error-state';
import { Notice } from '@/app/_components/ui/notice';
import { PageHeader } from '@/app/_components/ui/page-header';
import { Panel } from '@/app/_components/ui/panel';
import { can } from '@/lib/commands/permissions';
import { requirePermission } from '@/lib/auth/require-user';
import { diskReport } from '@/lib/disk/report';
import { defaultEngine } from '@/lib/engine/engines';
import { lookAtEngine } from '@/lib/engine/system/watch';
import { DiskPanels } from './_components/disk-panels';
import { EngineFactsList } from './_components/engine-facts-list';
import { RefreshOnChange } from '@/app/_components/live/refresh-on-change';

export const metadata = { title: 'Engine' };

export default async function EnginePage() {
  const user = await requirePermission('engine:read');
  const status = await lookAtEngine(defaultEngine());
  return (
    <>
      <RefreshOnChange />
      <PageHeader title="Engine" meta="The Docker Engine that builds, stores and pushes images" />
      {status.state === 'ready' ? (
        <div className="flex flex-col gap-5">
          {status.engine.warnings.map((warning) => (
            <Notice key={warning} tone="warning" title="Engine warning">
              {warning}
            </Notice>
          ))}
          <Panel title="This engine">
            <EngineFactsList facts={status.engine} />
          </Panel>
          <DiskPanels
            initial={await diskReport(defaultEngine(), status.engine)}
            may={{ prune: can(user, 'engine:prune'), images: can(user, 'image:remove') }}
          />
        </div>
      ) : (
        <ErrorState
          title={`No engine at ${status.address}`}
          error={{ message: status.message, hint: status.hint }}
        />
      )}
    </>
  );
}
