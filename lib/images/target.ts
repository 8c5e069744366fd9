import 'server-only';
import { AppError } from '@/lib/errors';
import { parseReference, withDefaultTag, type Reference } from '@/lib/references/reference';
import { getRegistry } from '@/lib/registries/store';
import { pushTarget, type PushTarget } from './schema';

function refuse(field: string, message: string): never {
  throw new AppError('invalid_input', message, { fields: { [field]: message } });
}

/** The full reference that a target means; what is wrong with it is said at its field. */
export async function resolveTarget(target: PushTarget): Promise<Reference> {
  const wanted = pushTarget.parse(target);
  const text =
    'reference' in wanted
      ? wanted.reference.trim()
      : `${(await getRegistry(wanted.registryId)).host}/${wanted.repository.trim()}:${wanted.tag.trim() || 'latest'}`;
  const field = 'reference' in wanted ? 'target.reference' : 'target.repository';
  const parsed = parseReference(text);
  if (!parsed.ok) refuse(field, parsed.reason);
  if (parsed.reference.digest)
    refuse(field, 'Push to a tag: a digest cannot be chosen, it follows from the content.');
  return withDefaultTag(parsed.reference);
}
