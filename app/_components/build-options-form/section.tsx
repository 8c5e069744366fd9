import type { ReactNode } from 'react';
import { Panel } from '@/app/_components/ui/panel';
import type { BuildChoices } from './choices';
import type { OptionsForm } from './form-values';

/** Props of every section of the form. */
export interface SectionProps {
  form: OptionsForm;
  set: (change: Partial<OptionsForm>) => void;
  errors: Record<string, string>;
  choices: BuildChoices;
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel title={title}>
      <div className="flex max-w-160 flex-col gap-4">{children}</div>
    </Panel>
  );
}
