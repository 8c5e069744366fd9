import type { RunConfig } from '@/lib/engine/wire/fields';
import type { ContainerChange } from '@/lib/engine/containers/files';
import { changedConfig, takenFromContainer } from './config';
import { leaveOutTest } from './rules';
import type { CommitInput, CommitWay } from './schema';

export interface CommitPlan {
  way: CommitWay;
  /** Why it is not a standard commit. */
  reasons: string[];
  config: RunConfig;
  kept: ContainerChange[];
  leftOut: number;
}

/** Chooses the commit's method. Without a base image only a standard commit is possible. */
export function planCommit(
  changes: ContainerChange[],
  container: RunConfig,
  base: RunConfig | null,
  input: Pick<CommitInput, 'changes' | 'leaveOut'>,
): CommitPlan {
  const isLeftOut = leaveOutTest(input.leaveOut);
  const kept = changes.filter((change) => !isLeftOut(change.path));
  const leftOut = changes.length - kept.length;
  const config = changedConfig(base ?? container, input.changes);
  const taken = takenFromContainer(container, config);
  const reasons = [
    ...(leftOut > 0 ? [`${leftOut} changed paths are excluded`] : []),
    ...(taken.length > 0
      ? [`a standard commit would keep the container’s ${taken.map(({ text }) => text).join(', ')}`]
      : []),
  ];
  return { way: reasons.length > 0 && base ? 'layer' : 'engine', reasons, config, kept, leftOut };
}
