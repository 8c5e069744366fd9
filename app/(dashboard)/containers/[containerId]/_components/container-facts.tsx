import Link from 'next/link';
import { ContainerPorts } from '@/app/(dashboard)/containers/_components/container-ports';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { CopyText } from '@/app/_components/ui/copy';
import { Panel } from '@/app/_components/ui/panel';
import { RelativeTime } from '@/app/_components/ui/time';
import { ValuesHidden } from '@/app/_components/values-hidden';
import { hiddenValue } from '@/lib/commands/values';
import type { PortHosts } from '@/lib/containers/choices';
import { isAlive } from '@/lib/containers/choices';
import { gateWords } from '@/lib/engine/choices';
import type { ContainerView } from '@/lib/containers/schema';
import { imageHref } from '@/lib/images/href';
import { CodeLines, type Fact, FactList } from './fact-list';

/** Characters; a script passed as an argument would fill the page. */
const longest = 300;

function words(list: string[] | null) {
  if (!list?.length) return null;
  const text = list
    .map((word) => (/[\s"'\\$]/.test(word) || word === '' ? JSON.stringify(word) : word))
    .join(' ');
  if (text.length <= longest) return <span className="font-mono text-sm">{text}</span>;
  return (
    <details className="font-mono text-sm">
      <summary>{text.slice(0, 60)}…</summary>
      {text}
    </details>
  );
}

const time = (label: string, at: number | null): Fact | null =>
  at === null ? null : [label, <RelativeTime key={label} at={at} />];

const code = (text: string) => (text ? <span className="font-mono text-sm">{text}</span> : null);

/** State, exit and limits. */
export function StateFacts({ container }: { container: ContainerView }) {
  const { exitCode, outOfMemory, error, restarts, memory, cpus, pids } = container;
  const alive = isAlive(container.state);
  return (
    <Panel title="State">
      <FactList
        facts={[
          time('Created', container.created),
          time(alive ? 'Running since' : 'Last started', container.startedAt),
          alive ? null : time('Ended', container.finishedAt),
          exitCode === null ? null : ['Exit code', exitCode],
          outOfMemory ? ['Out of memory', 'Killed by the kernel: the memory limit was exceeded.'] : null,
          error ? ['Engine says', error] : null,
          container.health ? ['Health', container.health] : null,
          restarts > 0 ? ['Restarts', restarts] : null,
          alive && container.pid > 0 ? ['Process', container.pid] : null,
          ['Restart policy', container.restartPolicy],
          container.autoRemove ? ['Auto-remove', 'on exit'] : null,
          ['Memory', memory > 0 ? <ByteSize key="memory" bytes={memory} /> : 'no limit'],
          ['Processors', cpus > 0 ? cpus : 'no limit'],
          ['Processes', pids > 0 ? pids : 'no limit'],
        ]}
      />
    </Panel>
  );
}

/** The configuration that it was created with. */
/** By what it reaches its host, and whether the gate keeps everyone out for that. */
function hostAccessText({ hostAccess, gate }: ContainerView): string | null {
  if (hostAccess.length === 0) return null;
  const reasons = hostAccess.join(', ');
  if (!gate || gate.enter) return reasons;
  const setting = [...gateWords(gate), 'enter'].join(',');
  return `${reasons}. The gate before the engine refuses shells, files and commits, unless it lets all of this through; its operator can allow them: LAYERWRIGHT_GATE_ALLOW=${setting}`;
}

export function ConfigFacts({ container }: { container: ContainerView }) {
  const labels = Object.entries(container.labels).toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <Panel title="Configuration">
      <FactList
        facts={[
          [
            'Image',
            container.imageKnown ? (
              <Link key="image" href={imageHref(container.imageId)} className="link font-mono text-sm">
                {container.image}
              </Link>
            ) : (
              <span key="image">
                <span className="font-mono text-sm">{container.image}</span> (removed)
              </span>
            ),
          ],
          ['Entrypoint', words(container.entrypoint)],
          ['Command', words(container.command)],
          ['Working directory', code(container.workingDirectory)],
          ['User', code(container.user || 'root')],
          ['Host name', code(container.hostname)],
          ['Terminal', container.terminal ? 'yes' : null],
          [
            'Isolation',
            container.protections.length > 0 ? container.protections.join(', ') : 'the engine’s default',
          ],
          ['Host access', hostAccessText(container)],
          ['Stop signal', code(container.stopSignal)],
          [
            'Environment',
            <div key="environment">
              <CodeLines lines={container.environment} />
              {container.environment.some((text) => text.endsWith(`=${hiddenValue}`)) ? (
                <ValuesHidden />
              ) : null}
            </div>,
          ],
          [
            'Labels',
            labels.length ? (
              <CodeLines key="labels" lines={labels.map(([key, value]) => `${key}=${value}`)} />
            ) : null,
          ],
          ['Log driver', code(container.logDriver)],
        ]}
      />
    </Panel>
  );
}

export function NetworkFacts({ container, hosts }: { container: ContainerView; hosts: PortHosts }) {
  return (
    <Panel title="Network">
      <FactList
        facts={[
          [
            'Ports',
            <ContainerPorts
              key="ports"
              ports={container.ports}
              hosts={hosts}
              running={isAlive(container.state)}
            />,
          ],
          ['Mode', code(container.networkMode)],
          ...container.networks.map(({ name, address, gateway, mac, aliases }): Fact => [
            name,
            <CodeLines
              key={name}
              lines={[
                address ? `address ${address}` : 'no address',
                ...(gateway ? [`gateway ${gateway}`] : []),
                ...(mac ? [`MAC ${mac}`] : []),
                ...aliases.map((alias) => `alias ${alias}`),
              ]}
            />,
          ]),
        ]}
      />
    </Panel>
  );
}

const kinds = { volume: 'volume', bind: 'host folder', tmpfs: 'in memory', other: 'mount' };

export function MountFacts({ container }: { container: ContainerView }) {
  return (
    <Panel title="Mounts">
      {container.mounts.length === 0 ? (
        <p className="text-muted">None. Data written by the container is lost when it is removed.</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {container.mounts.map((mount) => (
            <li key={mount.target} className="min-w-0">
              <p className="font-mono break-all">{mount.target}</p>
              <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
                {mount.anonymous ? 'anonymous volume' : kinds[mount.kind]}
                {mount.kind === 'volume' && !mount.anonymous ? (
                  <CopyText text={mount.name} label="Copy name" />
                ) : null}
                {mount.kind === 'bind' ? <CopyText text={mount.source} label="Copy path" /> : null}
                {mount.writable ? null : 'read only'}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
