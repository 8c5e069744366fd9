import 'server-only';
import type { z } from 'zod';
import type { Transaction } from '@/lib/db/client';
import { requireDataSpace } from '@/lib/db/data-disk';
import type { Engine } from '@/lib/engine/engine';
import { AppError } from '@/lib/errors';
import type { OperationId } from '@/lib/ids';
import { type OperationContext, type OperationKind, type Recovery, registerKind } from './kinds';
import { bumpPulse } from './pulse';
import { lookForWork } from './runner';
import type { OperationSummary } from './schema';
import {
  createOperation,
  isAskedFor,
  findValues,
  listValues,
  type NewOperation,
  type OperationPage,
  type OperationValues,
} from './store';

interface Declaration<Input extends z.ZodType, Result extends z.ZodType> extends Omit<
  OperationKind,
  'run' | 'discard' | 'recover'
> {
  input: Input;
  result: Result;
  run: (context: OperationContext<z.output<Input>>) => Promise<z.input<Result>>;
  discard?: (input: z.output<Input>) => Promise<void>;
  recover?: (
    engine: Engine,
    id: OperationId,
    input: z.output<Input>,
  ) => Promise<Recovery<z.input<Result>> | null>;
}

interface FoundOperation<Input, Result> {
  operation: OperationSummary;
  input: Input;
  /** Null until it has succeeded. */
  result: Result | null;
}

/** A declared kind: starts its operations and reads them with their types. */
interface OperationHandle<Input extends z.ZodType, Result extends z.ZodType> {
  readonly kind: string;
  readonly href: (id: OperationId) => string;
  parseInput: (stored: unknown) => z.output<Input>;
  /** Queues one and returns its id. `write` stores what belongs to it in the same transaction. */
  start: (
    request: Omit<NewOperation, 'kind' | 'input'> & { input: z.input<Input> },
    write?: (tx: Transaction, id: OperationId) => Promise<unknown>,
  ) => Promise<string>;
  /** Null for another kind, or none. */
  find: (id: OperationId) => Promise<FoundOperation<z.output<Input>, z.output<Result>> | null>;
  get: (id: OperationId) => Promise<FoundOperation<z.output<Input>, z.output<Result>>>;
  /** Newest first. One whose input is not readable (any more) is left out. */
  list: (page: OperationPage) => Promise<FoundOperation<z.output<Input>, z.output<Result>>[]>;
}

/** Declares a kind of long work. lib/startup.ts imports every file that does so: the runner then knows its kind. */
export function defineOperation<Input extends z.ZodType, Result extends z.ZodType>(
  declaration: Declaration<Input, Result>,
): OperationHandle<Input, Result> {
  const { kind, href, discard, recover, ...rest } = declaration;
  const parseInput = (stored: unknown) => declaration.input.parse(stored);

  registerKind({
    ...rest,
    kind,
    href,
    run: (context) => declaration.run({ ...context, input: parseInput(context.input) }),
    ...(discard && { discard: (input) => discard(parseInput(input)) }),
    ...(recover && { recover: (engine, id, input) => recover(engine, id, parseInput(input)) }),
  });

  const found = (
    { operation, result }: OperationValues,
    input: z.output<Input>,
  ): FoundOperation<z.output<Input>, z.output<Result>> => {
    const parsed = result === null ? null : declaration.result.safeParse(result);
    return { operation, input, result: parsed?.success ? parsed.data : null };
  };

  async function find(id: OperationId) {
    const values = await findValues(id);
    return values?.operation.kind === kind ? found(values, parseInput(values.input)) : null;
  }

  return {
    kind,
    href,
    parseInput,
    async start({ input, ...request }, write) {
      if (!declaration.freesSpace && isAskedFor(request)) await requireDataSpace();
      const id = await createOperation({ ...request, kind, input: parseInput(input) }, write);
      bumpPulse();
      lookForWork();
      return id;
    },
    find,
    async get(id) {
      const operation = await find(id);
      if (operation) return operation;
      throw new AppError('not_found', 'The operation does not exist, or its history was deleted.');
    },
    async list(page) {
      return (await listValues(kind, page)).flatMap((values) => {
        const input = declaration.input.safeParse(values.input);
        return input.success ? [found(values, input.data)] : [];
      });
    },
  };
}
