import type { Dialect } from '@/lib/dockerfiles/dialect';
import type { EngineFacts } from '@/lib/engine/types';
import type { BaseQuestion, BaseResolution } from './base-resolution';
import type { OptionSupport, VariableOption } from './option-support';

/** What a builder can and how it decides, as values: whoever asks compares no names. */
export interface BuilderFeatures {
  dialect: Dialect;
  /** How a running build is stopped: by a request of its own, or by closing its connection. */
  cancelBy: 'request' | 'connection';
  /** How many platforms one build can be for. */
  platforms: 'one' | 'several';
  /** Whether it can write its cache to a registry. */
  cacheExport: boolean;
  /** It clips the log of a step beyond a limit of its own. */
  clipsLogs: boolean;
  /** A base that looks like an id is looked up as one; otherwise every base is a name. */
  basesById: boolean;
  /** What a step's result is kept by, beside its instruction and its files. */
  cacheKey: {
    /** Instructions before it that change the image's settings only. */
    settings: boolean;
    /** The options that its command runs with: network, hosts, shared memory. */
    commandOptions: boolean;
  };
  /** Whether this engine has it. */
  isIn(facts: Pick<EngineFacts, 'product' | 'os'>): boolean;
  /** What this engine's does with each option that not every builder honours. */
  support(
    facts: Pick<EngineFacts, 'product' | 'version' | 'apiVersion'>,
  ): Record<VariableOption, OptionSupport>;
  /** Which image it takes for the name of a base that is stored locally. */
  resolveLocalBase: (question: BaseQuestion) => BaseResolution;
}
