import { expect, test } from 'vitest';
import { baseImage, describeEngine, engine } from '@/lib/engine/testing/real-engine';
import { engineFacts } from '@/lib/engine/system/status';
import { makeDirectory } from '@/lib/engine/testing/directory';
import { logOf, stateOf } from '@/lib/engine/testing/recorded';
import { finish } from '@/lib/engine/testing/run';
import { buildRequest } from '@/lib/builders/testing/request';
import { buildersIn, featuresOf } from './features-of';
import { runBuild } from './run-build';

const MiB = 1024 ** 2;

/** Prints what the kernel holds a command to: with cgroup v1 or v2. */
const look = `
echo "shmSize $(df -k /dev/shm | tail -1 | awk '{print $2}')"
echo "ulimits $(ulimit -n)"
echo "memory $(cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null)"
echo "cpus $(cat /sys/fs/cgroup/cpu.max /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null)"
echo "networkMode $(ls /sys/class/net | tr '\\n' ' ')"
echo "extraHosts $(grep -c 10.9.8.7 /etc/hosts)"
echo "cpuset $(grep Cpus_allowed_list /proc/self/status | awk '{print $2}')"
`;

const limited = {
  shmSize: 32 * MiB,
  ulimits: [{ name: 'nofile', soft: 555, hard: 555 }],
  memory: 200 * MiB,
  cpus: 0.75,
  cpuset: '0',
  networkMode: 'none' as const,
  extraHosts: ['here:10.9.8.7'],
};

const expected: Record<keyof typeof limited, RegExp> = {
  shmSize: /^shmSize 32768$/m,
  ulimits: /^ulimits 555$/m,
  memory: /^memory 209715200$/m,
  cpus: /^cpus 75000( 100000)?$/m,
  cpuset: /^cpuset 0$/m,
  networkMode: /^networkMode lo $/m,
  extraHosts: /^extraHosts 1$/m,
};

describeEngine('the limits of a build', () => {
  test('are held by each builder exactly where its features say so', async () => {
    const facts = await engineFacts(engine);
    for (const builder of buildersIn(facts)) {
      const directory = makeDirectory({
        Dockerfile: `FROM ${baseImage}\nCOPY look /\nRUN sh /look\n`,
        look,
      });
      const request = buildRequest({ builder, directory, noCache: true, ...limited });
      const { error, events } = await finish(runBuild(engine, request, new AbortController().signal));
      expect(error).toBeNull();
      const step = stateOf(events).steps.find(({ name }) => name.includes('RUN'))!;
      const log = logOf(events, step.id);
      const support = featuresOf(builder).support(facts);
      for (const [option, pattern] of Object.entries(expected)) {
        if (option === 'cpuset' && facts.cpus === 1) continue; // it would be all of them
        expect([builder, option, pattern.test(log)]).toEqual([
          builder,
          option,
          support[option as keyof typeof limited].honoured,
        ]);
      }
    }
  });
});
