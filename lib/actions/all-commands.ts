import 'server-only';
import * as builds from '@/lib/builds/commands';
import type { Command } from '@/lib/commands/command';
import * as commits from '@/lib/commits/commands';
import * as disk from '@/lib/disk/commands';
import * as operations from '@/lib/operations/commands';
import * as recipes from '@/lib/recipes/commands';
import * as workbenches from '@/lib/workbenches/commands';
import * as containers from '@/lib/containers/commands';
import * as images from '@/lib/images/commands';

/** Every command and query there is, for what walks them all. */
export const allCommands: readonly Command[] = [
  builds,
  commits,
  containers,
  disk,
  images,
  operations,
  recipes,
  workbenches,
].flatMap((domain): Command[] => Object.values(domain));
