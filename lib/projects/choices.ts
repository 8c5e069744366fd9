import { builderNames } from '@/lib/builders/choices';

export const builders = ['auto', ...builderNames] as const;
export const networkModes = ['default', 'none', 'host'] as const;
