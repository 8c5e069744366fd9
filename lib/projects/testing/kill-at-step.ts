import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const changes = [
  'chmod',
  'copyFile',
  'link',
  'mkdir',
  'rename',
  'rm',
  'rmdir',
  'symlink',
  'unlink',
  'writeFile',
];

type Functions = Record<string, (...args: unknown[]) => unknown>;

/**
 * Counts the steps of this process: before each change below a directory, and after each rename (a database change
 * may follow). Kills itself at the given step with SIGKILL.
 */
export function killAtStep(step: number, directory: string): void {
  let seen = 0;
  const isBelow = (value: unknown) => typeof value === 'string' && value.startsWith(directory);
  const pass = () => {
    if (++seen === step) process.kill(process.pid, 'SIGKILL');
  };
  const watch = (module: Functions, name: string) => {
    const real = module[name]!;
    module[name] = (...args) => {
      if (!args.slice(0, 2).some(isBelow)) return real(...args);
      pass();
      const result = real(...args);
      if (!name.startsWith('rename')) return result;
      if (result instanceof Promise) return result.then(pass);
      return pass();
    };
  };
  for (const name of changes) {
    watch(fs as unknown as Functions, `${name}Sync`);
    watch(fs.promises as unknown as Functions, name);
  }
  syncBuiltinESMExports();
}
