import type { StepKind } from '@/lib/events/events';
import type { OperationStatus } from '@/lib/operations/schema';
import type { BuildOptions } from '@/lib/projects/options/schema';
import type { FileChange } from './file-changes';
import type { BuildBase, BuildEngine } from './schema';

/** What of a step tells whether it ran. */
export interface RecordedStep {
  id: string;
  name: string;
  kind: StepKind;
  line?: number;
  inputs: string[];
  started?: number;
  completed?: number;
  cached: boolean;
  error?: string;
}

/** A build as far as its cache went by it. */
export interface BuildRecord {
  number: number;
  status: OperationStatus;
  builder: string | null;
  engine: BuildEngine | null;
  dockerfileText: string | null;
  options: BuildOptions;
  bases: BuildBase[];
  steps: RecordedStep[];
}

/** An instruction of the Dockerfile, as a cause names it. */
interface Place {
  line: number;
  text: string;
}

export type Cause =
  | { type: 'no-cache' }
  | { type: 'builder'; before: string; after: string }
  | { type: 'engine'; before: string; after: string }
  | { type: 'base'; reference: string; before: string; after: string }
  /** `before` null: it was added; `after` null: it was taken out. `own`: it is the step itself. */
  | { type: 'instruction'; line: number; before: string | null; after: string | null; own: boolean }
  | { type: 'argument'; name: string; before: string | null; after: string | null }
  | { type: 'option'; name: string; before: string; after: string }
  | { type: 'files'; place: Place; own: boolean; changes: FileChange[] }
  /** Something behind an address, of which only the builder knows what it is. */
  | { type: 'remote'; source: string }
  /** The build before did not come to an end with this step. */
  | { type: 'unfinished'; how: 'failed' | 'cut-off' | 'not-begun' }
  | { type: 'gone' };

/** What could not be compared. */
export type Unknown = 'files' | 'base' | 'dockerfile' | 'place';
