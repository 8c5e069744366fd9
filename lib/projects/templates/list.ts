import 'server-only';
import { AppError } from '@/lib/errors';
import { debianApache, fedoraHttpd } from './apache';
import { blank } from './blank';
import { go } from './go';
import { node } from './node';
import { python } from './python';
import { staticSite } from './static-site';
import type { Template } from './template';
import { website } from './website';

export const templates: readonly Template[] = [
  staticSite,
  website,
  debianApache,
  fedoraHttpd,
  node,
  python,
  go,
  blank,
];

export function getTemplate(id: string): Template {
  const template = templates.find((other) => other.id === id);
  if (!template) throw new AppError('not_found', 'Template not found.');
  return template;
}
