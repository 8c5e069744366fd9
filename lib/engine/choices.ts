import type { GateAllows } from './types';

/** A word of LAYERWRIGHT_GATE_ALLOW: what the gate before the engine lets through. */
export type GateWord = 'network' | 'profiles' | 'enter' | `bind:${string}`;

/** The setting of a gate, as its operator has it. */
export const gateWords = ({ network, profiles, enter, binds }: GateAllows): GateWord[] => [
  ...(network ? (['network'] as const) : []),
  ...(profiles ? (['profiles'] as const) : []),
  ...(enter ? (['enter'] as const) : []),
  ...binds.map((folder) => `bind:${folder}` as const),
];

const isExact = (folder: string) => /^(\/(?!\.{1,2}(\/|$))[^/:,]+)+$/.test(folder);
const isInside = (inner: string, outer: string) => inner.startsWith(`${outer}/`);

/** Why a folder cannot be allowed besides the others (bin/gate/allowed.js). */
function folderObstacle(folder: string, binds: readonly string[]): string | undefined {
  if (!isExact(folder))
    return 'The gate before the engine lets only exact folders through: without “.” and “..”, and no slash at the end.';
  const other = binds.find((one) => isInside(folder, one) || isInside(one, folder));
  return other && `The gate before the engine lets ${other} through, and no folder in it or around it.`;
}

/** Why the gate refuses this, with the setting that would let it through; undefined if it does not, or if that is unknown. */
export function gateObjection(gate: GateAllows | null, word: GateWord): string | undefined {
  if (!gate) return undefined;
  const words = gateWords(gate);
  if (words.includes(word)) return undefined;
  const obstacle = word.startsWith('bind:')
    ? folderObstacle(word.slice('bind:'.length), gate.binds)
    : undefined;
  return (
    obstacle ??
    `The gate before the engine refuses this. The operator of the engine’s machine can allow it: LAYERWRIGHT_GATE_ALLOW=${[...words, word].join(',')}`
  );
}
