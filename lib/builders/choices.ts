/** As stored with projects and builds. */
export const builderNames = ['buildkit', 'classic'] as const;
export type BuilderName = (typeof builderNames)[number];

export const builderLabels: Record<string, string> & Record<BuilderName, string> = {
  buildkit: 'BuildKit',
  classic: 'Classic builder',
};
