import 'server-only';
import type { BuildRequest } from '@/lib/builders/builder';
import { type BuilderName, builderLabels } from '@/lib/builders/choices';
import { buildersIn, featuresOf } from '@/lib/builders/features-of';
import { type VariableOption, variableOptions } from '@/lib/builders/option-support';
import type { BuildContext } from '@/lib/contexts/context';
import type { DockerfileContent } from '@/lib/contexts/read-dockerfile';
import type { EngineFacts } from '@/lib/engine/types';
import { AppError } from '@/lib/errors';
import type { BuildOptions } from '@/lib/projects/options/schema';
import { engineLoginFor } from '@/lib/registries/credentials';
import type { OperationId } from '@/lib/ids';

/** The builder that was asked for, or the engine's best; says so when the engine has not got it. */
export function chooseBuilder(asked: BuildOptions['builder'], facts: EngineFacts): BuilderName {
  const builders = buildersIn(facts);
  if (asked === 'auto') return builders[0]!;
  if (builders.includes(asked)) return asked;
  throw new AppError(
    'invalid_input',
    `This engine (${facts.product} ${facts.version}) does not support ${builderLabels[asked]}.`,
    {
      hint: 'Select “Automatic” in the build options.',
    },
  );
}

const optionNames: Record<VariableOption, string> = {
  shmSize: 'Shared memory',
  ulimits: 'Ulimits',
  memory: 'The memory limit',
  cpus: 'The CPU limit',
  cpuset: 'The CPU set',
  secrets: 'Secrets',
  cacheFrom: 'Cache sources',
  networkMode: 'The network mode',
  extraHosts: 'Extra hosts',
};

const isChosen = (value: BuildOptions[VariableOption]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== 'default';

/** A sentence for each chosen option that this builder would pass over in silence. */
export function ignoredOptions(options: BuildOptions, builder: BuilderName, facts: EngineFacts): string[] {
  const support = featuresOf(builder).support(facts);
  return variableOptions.flatMap((option) => {
    const answer = support[option];
    if (answer.honoured || !isChosen(options[option])) return [];
    return [`${optionNames[option]}: not used. ${answer.reason}`];
  });
}

const record = (pairs: { name: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]));

interface RequestParts {
  id: OperationId;
  builder: BuilderName;
  context: BuildContext;
  dockerfile: DockerfileContent;
  options: BuildOptions;
  secrets: Record<string, Buffer>;
}

/** What the engine's door needs to build, out of what the user chose. */
export function buildRequest({
  id,
  builder,
  context,
  dockerfile,
  options,
  secrets,
}: RequestParts): BuildRequest {
  return {
    buildId: id,
    builder,
    context,
    dockerfile,
    tags: options.tags,
    buildArgs: record(options.buildArgs),
    labels: record(options.labels),
    target: options.target,
    platform: options.platform,
    noCache: options.noCache,
    pull: options.pull,
    networkMode: options.networkMode,
    extraHosts: options.extraHosts,
    cacheFrom: options.cacheFrom,
    secrets,
    shmSize: options.shmSize,
    ulimits: options.ulimits,
    memory: options.memory,
    cpus: options.cpus,
    cpuset: options.cpuset,
    credentials: engineLoginFor,
  };
}
