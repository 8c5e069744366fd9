import 'server-only';
import { z } from 'zod';
import type { Engine } from '@/lib/engine/engine';
import { callJson, parseAnswer } from '@/lib/engine/wire/dial';

const answer = z.array(
  z.looseObject({ Name: z.string(), Id: z.string().default(''), Driver: z.string().default('') }),
);

interface NetworkName {
  name: string;
  id: string;
  driver: string;
}

/** Networks that a container can join; predefined ones first. */
export async function listNetworks(engine: Engine): Promise<NetworkName[]> {
  const networks = parseAnswer(answer, await callJson(engine, { path: '/networks' }));
  const own = ['bridge', 'host', 'none'];
  const place = ({ name }: NetworkName) => (own.includes(name) ? own.indexOf(name) : own.length);
  return networks
    .map(({ Name: name, Id: id, Driver: driver }) => ({ name, id, driver }))
    .toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}
