import 'server-only';
import type { z } from 'zod';
import { appendAudit, appendOutcome } from '@/lib/audit/append';
import { describeTarget } from '@/lib/audit/target';
import { AppError, asAppError, type ErrorCode } from '@/lib/errors';
import { remember } from '@/lib/remember';
import type { Needs, Visitor } from './caller';
import type { Command } from './command';
import { addressKey, createLimiter } from './limiter';

/** The entries of one call of a command. */
interface Audit<Input> {
  readTarget(input: Input): Promise<void>;
  /** It was not run. */
  refuse(reason: unknown): Promise<void>;
  /** Throws if the entry cannot be stored: the command must not be run then. */
  begin(): Promise<void>;
  /** `failure`: null if it is done. */
  end(failure: unknown, output?: unknown): Promise<void>;
}

/**
 * Entries a minute from one address of visitors who are not signed in: they must not fill the disk. Beyond, denied calls
 * have no entry, and public commands are refused; those that are done do not count.
 */
const perMinute = 60;
const limiters = () =>
  remember('visitor-entries', () => ({ denied: createLimiter(perMinute), asked: createLimiter(perMinute) }));

const nothing = () => Promise.resolve();
const unaudited: Audit<unknown> = { readTarget: nothing, refuse: nothing, begin: nothing, end: nothing };

const denials: readonly ErrorCode[] = ['unauthenticated', 'forbidden', 'password_needed', 'rate_limited'];

function outcomeOf(failure: unknown) {
  if (failure === null) return { outcome: 'done', errorCode: null } as const;
  const { code } = asAppError(failure);
  return { outcome: denials.includes(code) ? 'denied' : 'failed', errorCode: code } as const;
}

/** What a command has started or made, if it has an id of its own. */
function madeBy(output: unknown, target: string): string {
  const made = describeTarget({ id: (output as { id?: unknown } | null | undefined)?.id });
  return made && made !== target ? `${target} made ${made}`.trim() : target;
}

/** What the entries need to know of a command. */
type Audited<N extends Needs, I extends z.ZodType, O extends z.ZodType> = Pick<
  Command<N, I, O>,
  'name' | 'permission' | 'readOnly' | 'audit' | 'onFullDisk'
>;

export function openAudit<N extends Needs, I extends z.ZodType, O extends z.ZodType>(
  { name, permission, readOnly, audit, onFullDisk }: Audited<N, I, O>,
  { user, client }: Visitor,
): Audit<z.output<I>> {
  if (readOnly) return unaudited;
  const visitor = user ? null : addressKey(client.address);
  const isExempt = typeof audit === 'object';
  const call = {
    userId: user?.id ?? null,
    userName: user?.name ?? null,
    address: client.address,
    command: name,
    permission,
  };
  let target = '';
  let askedSeq: number | null = null;
  return {
    async readTarget(input) {
      target = typeof audit === 'function' ? await audit(input) : describeTarget(input);
    },
    async refuse(reason) {
      if (visitor !== null && limiters().denied.take(visitor)) return;
      await appendAudit({ ...call, target, ...outcomeOf(reason), askedSeq, at: Date.now() });
    },
    async begin() {
      if (isExempt) return;
      if (visitor !== null && limiters().asked.take(visitor)) throw new AppError('rate_limited');
      const entry = { ...call, target, outcome: 'asked', errorCode: null, askedSeq, at: Date.now() } as const;
      try {
        askedSeq = await appendAudit(entry, { useReserve: onFullDisk !== undefined });
      } catch (error) {
        if (onFullDisk !== 'run' || asAppError(error).code !== 'storage_full') throw error;
        console.error(
          `The disk is full: ${name} ${target} of ${call.userName} is run without an entry before it.`,
        );
      }
    },
    async end(failure, output) {
      if (isExempt) return;
      if (visitor !== null && failure === null) limiters().asked.giveBack(visitor);
      const at = Date.now();
      const whole = madeBy(output, target);
      await appendOutcome({ ...call, target: whole, ...outcomeOf(failure), askedSeq, at });
    },
  };
}
