import type { PortHosts } from '@/lib/containers/choices';
import type { ContainerPort } from '@/lib/engine/containers/types';
import { portHref, portText } from './port-href';

/** Ports of a container; published ones are links. */
export function ContainerPorts({
  ports,
  hosts,
  running,
}: {
  ports: ContainerPort[];
  hosts: PortHosts;
  running: boolean;
}) {
  if (ports.length === 0) return <span className="text-faint">none</span>;
  return (
    <ul className="inline-flex flex-wrap gap-x-3 font-mono text-sm">
      {ports.map((port) => {
        const text = portText(port);
        const href = running ? portHref(port, hosts) : null;
        return (
          <li key={text} className="whitespace-nowrap">
            {href ? (
              <a
                href={href}
                target="_blank"
                rel="noreferrer noopener"
                className="link"
                title={`Open ${href}`}
              >
                {text}
              </a>
            ) : (
              <span className="text-muted">{text}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
