import { can } from '@/lib/commands/permissions';
import type { CurrentUser } from '@/lib/commands/caller';
import type { MayWithImages } from './image-menu';

export const mayWithImages = (user: CurrentUser): MayWithImages => ({
  run: can(user, 'container:start'),
  push: can(user, 'push:start'),
  tag: can(user, 'image:tag'),
  remove: can(user, 'image:remove'),
  save: can(user, 'image:save'),
  pull: can(user, 'image:pull'),
  workbench: can(user, 'workbench:start'),
});
