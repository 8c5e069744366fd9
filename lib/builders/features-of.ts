import type { EngineFacts } from '@/lib/engine/types';
import { buildkitFeatures } from './buildkit/features';
import { type BuilderName, builderNames } from './choices';
import { classicFeatures } from './classic/features';
import type { BuilderFeatures } from './features';

const features: Record<BuilderName, BuilderFeatures> = {
  buildkit: buildkitFeatures,
  classic: classicFeatures,
};

const isKnown = (name: string | null): name is BuilderName => builderNames.some((known) => known === name);

/** Of a builder as it is stored with a build; those of the preferred one for a build that does not say. */
export const featuresOf = (name: string | null): BuilderFeatures =>
  features[isKnown(name) ? name : builderNames[0]];

/** The builders that an engine has, the preferred one first. */
export const buildersIn = (facts: Pick<EngineFacts, 'product' | 'os'>): BuilderName[] =>
  builderNames.filter((name) => features[name].isIn(facts));
