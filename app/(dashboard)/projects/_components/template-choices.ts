import 'server-only';
import { templates } from '@/lib/projects/templates/list';
import type { TemplateChoice } from './template-list';

/** What the browser needs to know of the templates. */
export const listTemplateChoices = (): TemplateChoice[] =>
  templates.map(({ id, name, description }) => ({ id, name, description }));
