'use client';

import type { BuildChoices } from './choices';
import { DockerfileSection } from './dockerfile-section';
import { ImageSection } from './image-section';
import { LimitsSection } from './limits-section';
import { RunningSection } from './running-section';
import { SecretsSection } from './secrets-section';
import type { OptionsFormState } from './use-options-form';

/**
 * All options of a build, for a project or for one build. `useOptionsForm` holds the state, the caller has the buttons.
 * Options that the builder does not support are disabled, with the reason.
 */
export function BuildOptionsForm({ state, choices }: { state: OptionsFormState; choices: BuildChoices }) {
  const section = { form: state.form, set: state.set, errors: state.errors, choices };
  return (
    <div className="flex flex-col gap-4">
      <ImageSection {...section} />
      <DockerfileSection {...section} />
      <RunningSection {...section} />
      <SecretsSection {...section} />
      <LimitsSection {...section} />
    </div>
  );
}
