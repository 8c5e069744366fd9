/** The log to which the benchmark writes a million lines. */
export const millionLines = 1_000_000;

export const textOf = (line: number): string =>
  `line ${line}: compiling part ${line} of the million that this build says`;
