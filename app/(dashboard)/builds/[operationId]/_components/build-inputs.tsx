import type { ReactNode } from 'react';
import { ByteSize } from '@/app/_components/ui/byte-size';
import { Digest, Reference } from '@/app/_components/ui/reference';
import { Panel } from '@/app/_components/ui/panel';
import { builderLabels } from '@/lib/builders/choices';
import type { BuildDetails } from '@/lib/builds/schema';
import { ContextFiles } from './context-files';

const pairs = (list: { name: string; value: string }[]) =>
  list.map(({ name, value }) => (
    <span key={name} className="block font-mono text-sm break-all">
      {name}={value}
    </span>
  ));

const lines = (list: string[]) =>
  list.map((text) => (
    <span key={text} className="block font-mono text-sm break-all">
      {text}
    </span>
  ));

/** Rows whose value is not the default. */
function rowsOf({ options, engine, builder, bases }: BuildDetails): [string, ReactNode][] {
  const rows: [string, ReactNode, unknown][] = [
    ['Dockerfile', <code key="d">{options.dockerfile}</code>, true],
    ['Builder', builder && builderLabels[builder], builder],
    [
      'Engine',
      engine &&
        `${engine.product} ${engine.version} (API ${engine.apiVersion}), ${engine.os}/${engine.arch}, ${engine.store}`,
      engine,
    ],
    [
      'Base images',
      bases.map((base) => (
        <span key={base.reference} className="flex flex-wrap gap-x-3">
          <Reference value={base.reference} />
          {base.digest ? (
            <Digest value={base.digest} />
          ) : (
            <span className="text-muted">no longer on the engine</span>
          )}
        </span>
      )),
      bases.length,
    ],
    ['Target stage', options.target, options.target],
    ['Platform', options.platform, options.platform],
    ['Build arguments', pairs(options.buildArgs), options.buildArgs.length],
    ['Labels', pairs(options.labels), options.labels.length],
    ['Tags', lines(options.tags), options.tags.length],
    ['Secrets', lines(options.secrets.map((secret) => secret.id)), options.secrets.length],
    ['Network', options.networkMode, options.networkMode !== 'default' && options.networkMode],
    ['Extra hosts', lines(options.extraHosts), options.extraHosts.length],
    ['Cache from', lines(options.cacheFrom), options.cacheFrom.length],
    ['Cache', 'not used', options.noCache],
    ['Base images', 'always pulled', options.pull],
    ['Shared memory', options.shmSize && <ByteSize key="s" bytes={options.shmSize} />, options.shmSize],
    ['Memory limit', options.memory && <ByteSize key="m" bytes={options.memory} />, options.memory],
    ['CPUs', options.cpus, options.cpus],
    ['CPU set', options.cpuset, options.cpuset],
    [
      'Ulimits',
      lines(options.ulimits.map((limit) => `${limit.name}=${limit.soft}:${limit.hard}`)),
      options.ulimits.length,
    ],
  ];
  return rows.filter(([, , said]) => Boolean(said)).map(([label, value]) => [label, value]);
}

/** The inputs of a build. */
export function BuildInputs({ build }: { build: BuildDetails }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Panel title="Inputs">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {rowsOf(build).map(([label, value], index) => (
            <div key={`${label}-${index}`} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <ContextFiles build={build} />
    </div>
  );
}
