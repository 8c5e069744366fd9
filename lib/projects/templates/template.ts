import type { BuildOptions } from '@/lib/projects/options/schema';

/** A template for a new project. */
export interface Template {
  id: string;
  name: string;
  description: string;
  /** Contents by path, read on use. */
  files: () => Promise<Record<string, string | Buffer>>;
  options?: Partial<BuildOptions>;
}
