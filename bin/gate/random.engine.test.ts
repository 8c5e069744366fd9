import { afterAll, beforeAll, expect, test } from 'vitest';
import { baseImage, describeEngine } from '@/lib/engine/testing/real-engine';
import { openRandom } from '../testing/random';
import { engineAddress, inspect, post, removeContainer, startGate } from './testing';

/** Another seed: `GATE_SEED=123`. */
const seed = Number(process.env.GATE_SEED ?? 20261130);
const count = Number(process.env.GATE_BODIES ?? 240);

/** Fields of HostConfig as JSON text. The first ones keep a container as it is by default, as far as the host is concerned. */
const harmless: [string, string][] = [
  ['Memory', '67108864'],
  ['PidsLimit', '50'],
  ['Binds', '["gate-random-volume:/data"]'],
  ['Binds', '["gate-random-volume:/data:ro"]'],
  ['NetworkMode', '"none"'],
  ['NetworkMode', '"bridge"'],
  ['ReadonlyRootfs', 'true'],
  ['CapDrop', '["ALL"]'],
  ['SecurityOpt', '["no-new-privileges"]'],
  ['RestartPolicy', '{"Name":"on-failure","MaximumRetryCount":2}'],
  ['Tmpfs', '{"/tmp":""}'],
  ['PortBindings', '{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":""}]}'],
];
const reaching: [string, string][] = [
  ['Privileged', 'true'],
  ['Binds', '["/:/host"]'],
  ['Binds', '["gate-random-volume:/data","/etc:/x:ro"]'],
  ['Mounts', '[{"Type":"bind","Source":"/etc","Target":"/x"}]'],
  ['NetworkMode', '"host"'],
  ['PidMode', '"host"'],
  ['IpcMode', '"host"'],
  ['UTSMode', '"host"'],
  ['CgroupnsMode', '"host"'],
  ['UsernsMode', '"host"'],
  ['CapAdd', '["SYS_ADMIN"]'],
  ['SecurityOpt', '["seccomp=unconfined"]'],
  ['Devices', '[{"PathOnHost":"/dev/null","PathInContainer":"/dev/n","CgroupPermissions":"rwm"}]'],
  ['DeviceCgroupRules', '["c *:* rwm"]'],
  ['CgroupParent', '"/x"'],
  ['MaskedPaths', '[]'],
  ['VolumesFrom', '["gate-random-plain"]'],
  ['ExtraHosts', '["h:host-gateway"]'],
  ['Sysctls', '{"net.core.somaxconn":"5"}'],
];

/** What a harmless field may change in the engine's answer. */
const free = new Set([...harmless.map(([name]) => name), 'MemorySwap', 'MemoryReservation', 'PortBindings']);

function writer(random: () => number) {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const odd = (name: string) => {
    const kind = random();
    if (kind < 0.6) return name;
    if (kind < 0.7) return name.toLowerCase();
    if (kind < 0.8) return name.toUpperCase();
    if (kind < 0.9) return name.replace('s', 'ſ').replace('k', '\u212a');
    return Array.from(name, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  };
  const field = (): string => {
    const [name, value] = random() < 0.2 ? pick(reaching) : pick(harmless);
    return `"${odd(name)}":${value}`;
  };
  const host = () =>
    `"${odd('HostConfig')}":{${Array.from({ length: 1 + Math.floor(random() * 3) }, field).join(',')}}`;
  return () => {
    const parts = [`"Image":"${baseImage}"`, host(), ...(random() < 0.2 ? [host()] : [])];
    return `{${parts.join(',')}}`;
  };
}

interface Inspected {
  HostConfig: Record<string, unknown> & { NetworkMode: string; Binds: string[] | null };
  Mounts: { Type: string }[];
}

/** By comparison with a container of nothing but an image: whatever else differs is a finding. */
function differences(plain: Inspected, other: Inspected): string[] {
  const names = new Set([...Object.keys(plain.HostConfig), ...Object.keys(other.HostConfig)]);
  const changed = [...names].filter(
    (name) =>
      !free.has(name) && JSON.stringify(plain.HostConfig[name]) !== JSON.stringify(other.HostConfig[name]),
  );
  const { Binds, NetworkMode, SecurityOpt } = other.HostConfig;
  return [
    ...changed,
    ...(other.Mounts.some(({ Type }) => Type !== 'volume' && Type !== 'tmpfs')
      ? ['a mount of the host']
      : []),
    ...((Binds ?? []).some((bind) => bind.startsWith('/')) ? ['a folder of the host'] : []),
    ...(/^(default|bridge|none)$/.test(NetworkMode) ? [] : [`the network ${NetworkMode}`]),
    ...(JSON.stringify(SecurityOpt ?? []).includes('unconfined') ? ['no protection'] : []),
  ];
}

describeEngine('random bodies', () => {
  let gate: Awaited<ReturnType<typeof startGate>>;
  let plain: Inspected;
  const create = async (address: string, body: string, name = '') => {
    const { status, text } = await post(address, `/containers/create${name}`, body);
    return { status, id: status === 201 ? (JSON.parse(text) as { Id: string }).Id : '' };
  };
  const reachOf = async (id: string) => differences(plain, (await inspect(id)) as unknown as Inspected);
  beforeAll(async () => {
    gate = await startGate(engineAddress);
    const { id } = await create(
      engineAddress,
      `{"Image":"${baseImage}","HostConfig":{}}`,
      '?name=gate-random-plain',
    );
    plain = (await inspect(id)) as unknown as Inspected;
  });
  afterAll(async () => {
    await removeContainer('gate-random-plain');
    await gate.close();
  });

  test(`what passes has no access to the host (seed ${seed})`, { timeout: 120_000 }, async () => {
    const next = writer(openRandom(seed));
    const found = { passed: 0, refused: 0, reachesDirectly: 0 };
    for (let index = 0; index < count; index += 1) {
      const body = next();
      const { id } = await create(gate.address, body);
      if (id) {
        found.passed += 1;
        expect(await reachOf(id), body).toEqual([]);
        await removeContainer(id);
        continue;
      }
      found.refused += 1;
      if (found.refused % 4 !== 0) continue;
      const direct = await create(engineAddress, body);
      if (!direct.id) continue;
      if ((await reachOf(direct.id)).length > 0) found.reachesDirectly += 1;
      await removeContainer(direct.id);
    }
    console.log(`Seed ${seed}: ${JSON.stringify(found)}`);
    // Otherwise the bodies prove nothing.
    expect(found.passed).toBeGreaterThan(count / 10);
    expect(found.reachesDirectly).toBeGreaterThan(count / 30);
  });
});
