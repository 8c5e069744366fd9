import type { z } from 'zod';

type Definition = z.core.$ZodTypeDef & {
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  shape?: Record<string, z.ZodType>;
};

const wrappers = ['optional', 'default', 'prefault', 'nullable', 'readonly', 'catch', 'nonoptional'];

function unwrap(schema: z.ZodType): { type: string; absent: boolean; shape?: Record<string, z.ZodType> } {
  let definition = schema.def as Definition;
  let absent = false;
  for (;;) {
    if (wrappers.includes(definition.type)) {
      absent ||= ['optional', 'default', 'prefault', 'catch'].includes(definition.type);
      definition = definition.innerType!.def;
    } else if (definition.type === 'pipe') {
      const from: Definition = definition.in!.def;
      definition = from.type === 'transform' ? definition.out!.def : from;
    } else return { type: definition.type, absent, shape: definition.shape };
  }
}

/** Form data has only strings and files; the schema determines which are lists, booleans and numbers. */
export function readForm(schema: z.ZodType, form: FormData): unknown {
  const { shape } = unwrap(schema);
  if (!shape) return Object.fromEntries([...form].filter(([key]) => !key.startsWith('$ACTION')));
  const values: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape)) {
    const { type, absent } = unwrap(field);
    const value = form.get(key);
    if (type === 'array' || type === 'set') values[key] = form.getAll(key);
    else if (type === 'boolean')
      values[key] = typeof value === 'string' && !['', 'false', 'off', '0'].includes(value);
    else if (value === null || (value === '' && (absent || type === 'number'))) continue;
    else if (type === 'number') values[key] = Number(value);
    else values[key] = value;
  }
  return values;
}
