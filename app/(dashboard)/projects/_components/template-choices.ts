import 'server-only';
import { templates } from '@/lib/projects/templates/list';
import type { TemplateChoice } from './template-list';

/** The templates without their files, for the browser. */
export const listTemplateChoices = (): TemplateChoice[] =>
  templates.map(({ id, name, description }) => ({ id, name, description }));
