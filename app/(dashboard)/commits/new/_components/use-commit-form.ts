'use client';

import { useState } from 'react';
import type { CommitFacts, StartCommitInput } from '@/lib/commits/schema';
import type { RegistryId } from '@/lib/ids';

interface CommitForm {
  reference: string;
  message: string;
  author: string;
  pause: boolean;
  command: string;
  entrypoint: string;
  environment: { name: string; value: string }[];
  /** One per line. */
  ports: string;
  labels: { name: string; value: string }[];
  triggers: string;
  user: string;
  volumes: string;
  workingDirectory: string;
  /** Empty: not pushed. */
  registryId: RegistryId;
  repository: string;
  tag: string;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const withoutEmpty = (pairs: CommitForm['labels']) => pairs.filter(({ name, value }) => name || value);

/** Repository and tag of a reference, without its host. Accepts incomplete input. */
export function partsOf(reference: string): { repository: string; tag: string } {
  const name = reference.trim();
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const whole = hasTag ? name.slice(0, colon) : name;
  const [first = '', ...rest] = whole.split('/');
  const repository = rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : whole;
  return { repository, tag: hasTag ? name.slice(colon + 1) : 'latest' };
}

export function toInput(
  form: CommitForm,
  container: string,
  leaveOut: { paths: ReadonlySet<string>; rules: ReadonlySet<string> },
): StartCommitInput {
  const { registryId, repository, tag, environment, labels, ports, volumes, triggers, ...rest } = form;
  const { command, entrypoint, user, workingDirectory, reference, message, author, pause } = rest;
  return {
    containerId: container,
    reference: reference.trim(),
    message,
    author,
    pause,
    changes: {
      command,
      entrypoint,
      user: user.trim(),
      workingDirectory: workingDirectory.trim(),
      environment: withoutEmpty(environment),
      labels: withoutEmpty(labels),
      ports: ports.split(/[\s,]+/).filter(Boolean),
      volumes: linesOf(volumes),
      triggers: linesOf(triggers),
    },
    leaveOut: { paths: [...leaveOut.paths], rules: [...leaveOut.rules] },
    push: registryId ? { registryId, repository: repository.trim(), tag: tag.trim() || 'latest' } : null,
  };
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

export function useCommitForm(facts: CommitFacts) {
  const [form, setForm] = useState<CommitForm>({
    reference: '',
    message: '',
    author: facts.author,
    pause: true,
    command: '',
    entrypoint: '',
    environment: [],
    ports: '',
    labels: [],
    triggers: '',
    user: '',
    volumes: '',
    workingDirectory: '',
    registryId: '',
    repository: '',
    tag: '',
  });
  const [paths, setPaths] = useState<ReadonlySet<string>>(new Set());
  const [rules, setRules] = useState<ReadonlySet<string>>(new Set());
  const set = (change: Partial<CommitForm>) => setForm((before) => ({ ...before, ...change }));
  return {
    form,
    set,
    /** The push target follows the reference until it is edited. */
    setReference: (reference: string) =>
      setForm((before) => {
        const old = partsOf(before.reference);
        const next = partsOf(reference);
        return {
          ...before,
          reference,
          repository: before.repository === old.repository ? next.repository : before.repository,
          tag: before.tag === old.tag || before.tag === '' ? next.tag : before.tag,
        };
      }),
    left: { paths, rules },
    togglePath: (path: string) => setPaths((before) => toggled(before, path)),
    toggleRule: (rule: string) => setRules((before) => toggled(before, rule)),
  };
}

export type CommitFormState = ReturnType<typeof useCommitForm>;
