import { expect, test } from 'vitest';
import { useTestDatabase } from '@/lib/db/test-database';
import { fingerprintOf, scanHostKeys } from './scan-host-keys';
import { gitSettings } from './schema';
import { writeGitSettings } from './store';

await useTestDatabase();

test('a fingerprint is written as hosting services write it', () => {
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
  expect(fingerprintOf(key)).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

test('only servers that may be asked, by ssh, are asked', async () => {
  await expect(scanHostKeys('https://example.org/x')).rejects.toThrow('Only SSH servers');
  await expect(scanHostKeys('git@127.0.0.1:x')).rejects.toThrow('not an allowed');
  await writeGitSettings(gitSettings.parse({ privateAddresses: true }));
  await expect(scanHostKeys('ssh://git@127.0.0.1:1/x')).rejects.toThrow(
    '[127.0.0.1]:1 did not send its host keys.',
  );
});
