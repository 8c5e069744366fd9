import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';

const answer = z.looseObject({
  Volumes: z.array(z.looseObject({ Name: z.string(), Driver: z.string().default('') })).nullish(),
});

interface VolumeName {
  name: string;
  /** Created by the engine for a container, with a generated name. */
  anonymous: boolean;
}

export const isAnonymous = (name: string): boolean => /^[a-f0-9]{64}$/.test(name);

export async function listVolumes(engine: Engine): Promise<VolumeName[]> {
  const { Volumes: volumes } = parseAnswer(answer, await callJson(engine, { path: '/volumes' }));
  return (volumes ?? []).map(({ Name: name }) => ({ name, anonymous: isAnonymous(name) }));
}
