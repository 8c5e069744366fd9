// @ts-check

const allParts = ['check', 'unit', 'e2e'];

/**
 * `bench upload lists` runs these two benchmarks, `bench` all.
 * @param {string[]} args
 */
function parseBenchArguments([part, ...names]) {
  return part === 'bench'
    ? { parts: ['bench'], files: names.map((name) => `bench/${name}.bench.ts`) }
    : undefined;
}

/**
 * `unit e2e/login` is the part `unit` with a file name; without arguments, all parts. A file name alone selects its
 * runner.
 * @param {string[]} args
 */
export function parseTestArguments(args) {
  const bench = parseBenchArguments(args);
  if (bench) return bench;
  const files = args.filter((arg) => !allParts.includes(arg));
  const parts = allParts.filter((part) => args.includes(part));
  if (parts.length > 0) return { parts, files };
  if (files.length === 0) return { parts: allParts, files };
  return { parts: files.every((file) => file.startsWith('e2e/')) ? ['e2e'] : ['unit'], files };
}
