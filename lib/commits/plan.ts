import type { RunConfig } from '@/lib/engine/containers/commit';
import type { ContainerChange } from '@/lib/engine/containers/files';
import { changedConfig, takenFromContainer } from './config';
import { leaveOutTest } from './rules';
import type { CommitInput, CommitWay } from './schema';

export interface CommitPlan {
  way: CommitWay;
  /** Why it is not the engine's own commit. */
  reasons: string[];
  config: RunConfig;
  kept: ContainerChange[];
  leftOut: number;
}

/** How a commit is to be made. Without a base image only the engine's own commit is possible. */
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
    ...(leftOut > 0 ? [`${leftOut} changed paths are left out`] : []),
    ...(taken.length > 0
      ? [`the engine’s own commit would keep of the container ${taken.map(({ text }) => text).join(', ')}`]
      : []),
  ];
  return { way: reasons.length > 0 && base ? 'layer' : 'engine', reasons, config, kept, leftOut };
}
