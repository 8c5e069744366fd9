import type { ReactNode } from 'react';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { CopyText } from '@/app/_components/ui/copy';
import { builderLabels } from '@/lib/builders/choices';
import { buildersIn } from '@/lib/builders/features-of';
import { gateWords } from '@/lib/engine/choices';
import type { EngineFacts, GateAllows } from '@/lib/engine/types';

const products = { docker: 'Docker Engine', podman: 'Podman' };
const stores = { graphdriver: 'storage driver', containerd: 'containerd image store' };

const gateRow = (gate: GateAllows): [string, string] => [
  'Gate',
  gateWords(gate).join(', ') || 'nothing reaches the host',
];

export function EngineFactsList({ facts }: { facts: EngineFacts }) {
  const rows: [string, ReactNode][] = [
    ['Product', `${products[facts.product]} ${facts.version}, API ${facts.apiVersion}`],
    ['Address', <CopyText key="address" text={facts.address} label="Copy address" />],
    [
      'Builders',
      buildersIn(facts)
        .map((builder) => builderLabels[builder])
        .join(', then '),
    ],
    ['Storage driver', `${facts.storageDriver} (${stores[facts.store]})`],
    ['Data root', <CopyText key="root" text={facts.dataRoot} label="Copy path" />],
    ['System', `${facts.os}/${facts.arch}, kernel ${facts.kernel}`],
    ['Isolation', facts.isolation.join(', ') || 'not reported'],
    ...(facts.gate ? [gateRow(facts.gate)] : []),
    ['Processors', facts.cpus],
    ['Memory', <ByteSize key="memory" bytes={facts.memory} />],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted max-sm:mt-2">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
