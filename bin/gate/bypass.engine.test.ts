import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEngine, baseImage } from '@/lib/engine/testing/real-engine';
import { callEngine } from '../docker-api.js';
import { engineAddress, inspect, post, removeContainer, startGate } from './testing';

/** Bodies of a container that reaches the host, and whether the engine of the tests makes one of it. */
const bodies: [what: string, body: string][] = [
  ['a folder', '{"Image":"I","HostConfig":{"Binds":["/:/host"]}}'],
  ['a folder, keys in lower case', '{"Image":"I","hostconfig":{"binds":["/:/host"]}}'],
  ['a folder, keys in upper case', '{"Image":"I","HOSTCONFIG":{"BINDS":["/:/host"]}}'],
  ['a folder, the long s of Unicode', '{"Image":"I","HoſtConfig":{"Bindſ":["/:/host"]}}'],
  ['a folder, the second of two keys', '{"Image":"I","HostConfig":{},"HostConfig":{"Binds":["/:/host"]}}'],
  [
    'a folder, a second key in another case',
    '{"Image":"I","HostConfig":{},"hostConfig":{"Binds":["/:/host"]}}',
  ],
  ['a folder, escaped letters', '{"Image":"I","H\\u006fstConfig":{"B\\u0069nds":["/:/host"]}}'],
  [
    'a folder by mounts',
    '{"Image":"I","HostConfig":{"Mounts":[{"Type":"bind","Source":"/","Target":"/host"}]}}',
  ],
  [
    'a folder by a new volume with options',
    '{"Image":"I","HostConfig":{"Mounts":[{"Type":"volume","Target":"/host","VolumeOptions":{"DriverConfig":{"Name":"local","Options":{"type":"none","o":"bind","device":"/"}}}}]}}',
  ],
  ['the propagation of a mount', '{"Image":"I","HostConfig":{"Binds":["/etc:/host:rprivate"]}}'],
  ['privileges', '{"Image":"I","HostConfig":{"Privileged":true}}'],
  ['privileges after none', '{"Image":"I","HostConfig":{"Privileged":false,"privileged":true}}'],
  ['capabilities', '{"Image":"I","HostConfig":{"CapAdd":["SYS_ADMIN"]}}'],
  ['a capability as a text', '{"Image":"I","HostConfig":{"CapAdd":"SYS_ADMIN"}}'],
  ['the network', '{"Image":"I","HostConfig":{"NetworkMode":"host"}}'],
  ['the processes', '{"Image":"I","HostConfig":{"PidMode":"host"}}'],
  ['the shared memory', '{"Image":"I","HostConfig":{"IpcMode":"host"}}'],
  ['the name of the host', '{"Image":"I","HostConfig":{"UTSMode":"host"}}'],
  ['the user ids', '{"Image":"I","HostConfig":{"UsernsMode":"host"}}'],
  ['the control groups', '{"Image":"I","HostConfig":{"CgroupnsMode":"host"}}'],
  ['a parent of control groups', '{"Image":"I","HostConfig":{"CgroupParent":"/system.slice"}}'],
  [
    'a device',
    '{"Image":"I","HostConfig":{"Devices":[{"PathOnHost":"/dev/mem","PathInContainer":"/dev/mem","CgroupPermissions":"rwm"}]}}',
  ],
  ['a rule for devices', '{"Image":"I","HostConfig":{"DeviceCgroupRules":["b *:* rwm"]}}'],
  ['no seccomp', '{"Image":"I","HostConfig":{"SecurityOpt":["seccomp=unconfined"]}}'],
  ['no AppArmor', '{"Image":"I","HostConfig":{"SecurityOpt":["apparmor=unconfined"]}}'],
  ['paths of the kernel', '{"Image":"I","HostConfig":{"MaskedPaths":[],"ReadonlyPaths":[]}}'],
  ['settings of the kernel', '{"Image":"I","HostConfig":{"Sysctls":{"net.ipv4.ip_forward":"1"}}}'],
  ['a runtime', '{"Image":"I","HostConfig":{"Runtime":"runc"}}'],
  ['volumes of another container', '{"Image":"I","HostConfig":{"VolumesFrom":["gate-test-other"]}}'],
  ['the host by a name', '{"Image":"I","HostConfig":{"ExtraHosts":["h:host-gateway"]}}'],
  [
    'a log driver with an address',
    '{"Image":"I","HostConfig":{"LogConfig":{"Type":"syslog","Config":{"syslog-address":"udp://127.0.0.1:514"}}}}',
  ],
  ['options of a file system in memory', '{"Image":"I","HostConfig":{"Tmpfs":{"/x":"exec,suid,dev"}}}'],
  ['limits of the kernel', '{"Image":"I","HostConfig":{"OomKillDisable":true,"OomScoreAdj":-1000}}'],
];

/** Docker 29 reads JSON more strictly than 20.10. */
const refusedByNewer = ['a capability as a text'];

const withImage = (body: string) => body.replace('"I"', JSON.stringify(baseImage));

describeEngine('what hands over the host does not pass', () => {
  let gate: Awaited<ReturnType<typeof startGate>>;
  let other = '';
  const created = async (address: string, body: string) => {
    const { status, text } = await post(address, '/containers/create', withImage(body));
    return { status, text, id: status === 201 ? (JSON.parse(text) as { Id: string }).Id : '' };
  };
  beforeAll(async () => {
    gate = await startGate(engineAddress);
    const { text } = await post(
      engineAddress,
      '/containers/create?name=gate-test-other',
      withImage('{"Image":"I"}'),
    );
    other = (JSON.parse(text) as { Id: string }).Id;
  });
  afterAll(async () => {
    await removeContainer(other);
    await gate.close();
  });

  test.each(bodies)('%s', async (what, body) => {
    const direct = await created(engineAddress, body);
    if (direct.id) await removeContainer(direct.id);
    // What is refused here for a wrong reason would prove nothing.
    expect(direct.status).toBeOneOf(refusedByNewer.includes(what) ? [201, 400] : [201]);
    const { status, text } = await created(gate.address, body);
    expect([status, text]).toEqual([403, expect.stringContaining('The gate before the engine refuses this')]);
  });

  test('the network of the host by its id, and by the beginning of it', async () => {
    const { text } = await callEngine(engineAddress, '/networks/host');
    const { Id: id } = JSON.parse(text) as { Id: string };
    for (const mode of [id, id.slice(0, 12), `container:${other}`, 'Host', 'ns:/proc/1/ns/net'])
      expect(
        (await created(gate.address, JSON.stringify({ Image: 'I', HostConfig: { NetworkMode: mode } })))
          .status,
        mode,
      ).toBeOneOf([403, 404]);
  });

  test('a volume that is a folder of the host', async () => {
    const options = { type: 'none', o: 'bind', device: '/etc' };
    await post(
      engineAddress,
      '/volumes/create',
      JSON.stringify({ Name: 'gate-test-etc', DriverOpts: options }),
    );
    try {
      const body = JSON.stringify({ Image: 'I', HostConfig: { Binds: ['gate-test-etc:/x'] } });
      expect(await created(gate.address, body)).toMatchObject({
        status: 403,
        text: expect.stringContaining('mounts \\"/etc\\" of the host') as string,
      });
      const { id } = await created(engineAddress, body);
      const entered = await post(gate.address, `/containers/${id}/exec`, '{"Cmd":["id"]}');
      await removeContainer(id);
      expect(entered.status).toBe(403);
    } finally {
      await callEngine(engineAddress, '/volumes/gate-test-etc', { method: 'DELETE' });
    }
  });

  test.each([
    ['a body that is no JSON', '{"Image":"I"} {"HostConfig":{"Privileged":true}}'],
    ['a comment', '{"Image":"I"/**/}'],
    ['a byte order mark', '\ufeff{"Image":"I"}'],
    ['bytes that are not UTF-8', '{"Image":"I","User":"\xff"}'],
    ['a list in place of an object', '[{"Image":"I"}]'],
    ['an object that looks like a list', '{"Image":"I","HostConfig":{"Binds":{"0":"/:/host","length":1}}}'],
    ['a prototype', '{"Image":"I","__proto__":{"HostConfig":{"Privileged":true}}}'],
    ['a null in the list of mounts', '{"Image":"I","HostConfig":{"Binds":[null]}}'],
    ['a folder that is not absolute', '{"Image":"I","HostConfig":{"Binds":["../etc:/x"]}}'],
  ])('%s is refused', async (_what, body) => {
    const sent = Buffer.from(withImage(body), body.includes('\xff') ? 'latin1' : 'utf8');
    const { status } = await callEngine(gate.address, '/containers/create', { method: 'POST', body: sent });
    expect(status).toBeOneOf([400, 403]);
  });

  test('of what is refused the engine has nothing, and the log has it', async () => {
    expect(await inspect('gate-test-refused')).toBeNull();
    const { status } = await post(
      gate.address,
      '/containers/create?name=gate-test-refused',
      withImage('{"Image":"I","HostConfig":{"Privileged":true}}'),
    );
    expect(status).toBe(403);
    expect(await inspect('gate-test-refused')).toBeNull();
    expect(gate.lines.at(-1)).toBe(
      'Refused: POST "/containers/create?name=gate-test-refused": The gate before the engine refuses this: ' +
        'the gate does not know the field "HostConfig.Privileged".',
    );
  });
});

describeEngine('a container that reaches the host', () => {
  let gate: Awaited<ReturnType<typeof startGate>>;
  let open: Awaited<ReturnType<typeof startGate>>;
  let id = '';
  beforeAll(async () => {
    gate = await startGate(engineAddress);
    open = await startGate(engineAddress, 'enter');
    const body = { Image: baseImage, Cmd: ['sleep', '600'], HostConfig: { Binds: ['/etc:/x:ro'] } };
    const { text } = await post(
      engineAddress,
      '/containers/create?name=gate-test-host',
      JSON.stringify(body),
    );
    ({ Id: id } = JSON.parse(text) as { Id: string });
    await post(engineAddress, `/containers/${id}/start`, '');
  });
  afterAll(async () => {
    await removeContainer(id);
    await gate.close();
    await open.close();
  });
  const execBody = JSON.stringify({ AttachStdout: true, Cmd: ['id'] });

  test.each([
    ['POST', '/containers/gate-test-host/exec', execBody],
    ['POST', '/containers/gate-test-host/attach?stream=1&stdin=1', ''],
    ['GET', '/containers/gate-test-host/archive?path=/etc', ''],
    ['PUT', '/containers/gate-test-host/archive?path=/tmp', ''],
    ['GET', '/containers/gate-test-host/export', ''],
    ['GET', '/containers/gate-test-host/changes', ''],
    ['POST', '/commit?container=gate-test-host', '{}'],
    ['POST', '/commit?container=busybox&container=gate-test-host', '{}'],
  ])('is not entered: %s %s', async (method, target, body) => {
    const { status, text } = await callEngine(gate.address, target, {
      method,
      ...(body && { body: Buffer.from(body) }),
    });
    expect([status, text]).toEqual([
      403,
      expect.stringMatching(/mounts .etc of the host|does not name one container/),
    ]);
  });

  test('is not entered by an exec that somebody else has made', async () => {
    const { text } = await post(engineAddress, `/containers/${id}/exec`, execBody);
    const { Id: execId } = JSON.parse(text) as { Id: string };
    const start = [`/exec/${execId}/start`, '{"Detach":true}'] as const;
    expect((await post(gate.address, ...start)).status).toBe(403);
    expect((await post(open.address, ...start)).status).toBe(200);
  });

  test('is stopped and removed, and entered where the operator allows it', async () => {
    expect((await post(open.address, '/containers/gate-test-host/exec', execBody)).status).toBe(201);
    const privileged = JSON.stringify({ Cmd: ['id'], Privileged: true });
    expect((await post(open.address, '/containers/gate-test-host/exec', privileged)).status).toBe(403);
    expect((await post(gate.address, '/containers/gate-test-host/stop?t=0', '')).status).toBe(204);
  });
});
