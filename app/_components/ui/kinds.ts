import type { StepKind } from '@/lib/events/events';

interface KindLook {
  label: string;
  /** Description for legends and screen readers. */
  meaning: string;
  fill: string;
  /** For SVG shapes. */
  svg: string;
  text: string;
  soft: string;
}

const neutral = {
  fill: 'bg-kind-neutral',
  svg: 'fill-kind-neutral',
  text: 'text-kind-neutral-ink',
  soft: 'bg-kind-neutral-soft',
};

/** The colours of instruction kinds. Class names are complete, because Tailwind scans the source. */
export const kindLook: Record<StepKind, KindLook> = {
  base: {
    label: 'base',
    meaning: 'base image',
    fill: 'bg-kind-base',
    svg: 'fill-kind-base',
    text: 'text-kind-base-ink',
    soft: 'bg-kind-base-soft',
  },
  run: {
    label: 'run',
    meaning: 'command',
    fill: 'bg-kind-run',
    svg: 'fill-kind-run',
    text: 'text-kind-run-ink',
    soft: 'bg-kind-run-soft',
  },
  copy: {
    label: 'copy',
    meaning: 'files',
    fill: 'bg-kind-copy',
    svg: 'fill-kind-copy',
    text: 'text-kind-copy-ink',
    soft: 'bg-kind-copy-soft',
  },
  config: {
    label: 'config',
    meaning: 'settings',
    fill: 'bg-kind-config',
    svg: 'fill-kind-config',
    text: 'text-kind-config-ink',
    soft: 'bg-kind-config-soft',
  },
  transfer: { label: 'transfer', meaning: 'transfer', ...neutral },
  export: { label: 'export', meaning: 'export', ...neutral },
  internal: { label: 'internal', meaning: 'BuildKit internals', ...neutral },
};

/** Description of a layer; `internal`: no instruction made it. */
export const layerMeaning = (kind: StepKind): string =>
  kind === 'internal' ? 'built interactively' : kindLook[kind].meaning;
