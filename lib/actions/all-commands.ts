import 'server-only';
import * as audit from '@/lib/audit/log/commands';
import * as accounts from '@/lib/auth/commands';
import * as builds from '@/lib/builds/commands';
import type { Command } from '@/lib/commands/command';
import * as commits from '@/lib/commits/commands';
import * as containers from '@/lib/containers/commands';
import * as disk from '@/lib/disk/commands';
import * as images from '@/lib/images/commands';
import * as operations from '@/lib/operations/commands';
import * as projects from '@/lib/projects/commands';
import * as files from '@/lib/projects/file-commands';
import * as git from '@/lib/projects/git/commands';
import * as recipes from '@/lib/recipes/commands';
import * as registries from '@/lib/registries/commands';
import * as search from '@/lib/search/commands';
import * as storage from '@/lib/storage/commands';
import * as workbenches from '@/lib/workbenches/commands';

const domains = [
  accounts,
  audit,
  builds,
  commits,
  containers,
  disk,
  files,
  git,
  images,
  operations,
  projects,
  recipes,
  registries,
  search,
  storage,
  workbenches,
];

/** All commands and queries. */
export const allCommands: readonly Command[] = domains.flatMap((domain): Command[] => Object.values(domain));
