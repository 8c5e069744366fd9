import { Panel } from '@/app/_components/ui/panel';
import type { ImageDetails } from '@/lib/engine/images/types';

const words = (list: string[]) =>
  list.map((word) => (/[\s"'\\$]/.test(word) || word === '' ? JSON.stringify(word) : word));

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line} className="[overflow-wrap:anywhere]">
          {line}
        </li>
      ))}
    </ul>
  );
}

/** A list is shown as several lines. */
type Value = string | string[] | null | undefined;

function entries({ config, author, comment, os, architecture }: ImageDetails): [string, Value][] {
  const labels = Object.entries(config.labels).toSorted(([a], [b]) => a.localeCompare(b));
  const rows: [string, Value][] = [
    ['Platform', `${os}/${architecture}`],
    ['Entrypoint', config.entrypoint && words(config.entrypoint).join(' ')],
    ['Command', config.command && words(config.command).join(' ')],
    ['Working directory', config.workingDirectory],
    ['User', config.user || 'root'],
    ['Ports', config.exposedPorts.join(', ')],
    ['Volumes', config.volumes],
    ['Environment', config.environment],
    ['Labels', labels.map(([key, value]) => `${key}=${value}`)],
    ['Stop signal', config.stopSignal],
    ['Health check', config.healthcheck?.join(' ')],
    ['On build', config.onBuild],
    ['Author', author],
    ['Comment', comment],
  ];
  return rows.filter(([, value]) => value?.length);
}

/** The configuration that a container of this image starts with. */
export function ImageConfig({ image }: { image: ImageDetails }) {
  return (
    <Panel title="Configuration">
      <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        {entries(image).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">
              {Array.isArray(value) ? <Lines lines={value} /> : value}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
