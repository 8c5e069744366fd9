import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';

const answer = z.looseObject({
  Volumes: z
    .array(z.looseObject({ Name: z.string(), Options: z.record(z.string(), z.string()).nullish() }))
    .nullish(),
});

interface VolumeName {
  name: string;
  /** Created by the engine for a container, with a generated name. */
  anonymous: boolean;
  /** The folder or disk of the engine's host that it is a name for. */
  device: string | null;
}

export const isAnonymous = (name: string): boolean => /^[a-f0-9]{64}$/.test(name);

export async function listVolumes(engine: Engine): Promise<VolumeName[]> {
  const { Volumes: volumes } = parseAnswer(answer, await callJson(engine, { path: '/volumes' }));
  return (volumes ?? []).map(({ Name: name, Options: options }) => {
    const [, device] = Object.entries(options ?? {}).find(([key]) => key.toLowerCase() === 'device') ?? [];
    return { name, anonymous: isAnonymous(name), device: device?.startsWith('/') ? device : null };
  });
}
