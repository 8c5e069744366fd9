export const builders = ['auto', 'buildkit', 'classic'] as const;
export const networkModes = ['default', 'none', 'host'] as const;
