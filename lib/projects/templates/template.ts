import type { BuildOptions } from '@/lib/projects/schema';

/** Something to begin with. */
export interface Template {
  id: string;
  name: string;
  description: string;
  /** Contents by path, read when they are needed. */
  files: () => Promise<Record<string, string | Buffer>>;
  options?: Partial<BuildOptions>;
}
