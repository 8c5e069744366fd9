import { can } from '@/lib/commands/permissions';
import type { CurrentUser } from '@/lib/commands/caller';
import type { MayWithContainers } from './container-menu';

export const mayWithContainers = (user: CurrentUser): MayWithContainers => ({
  start: can(user, 'container:start'),
  commit: can(user, 'commit:start'),
  remove: can(user, 'container:remove'),
  terminal: can(user, 'workbench:start'),
});
