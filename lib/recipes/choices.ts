/** Why a command is no part of the Dockerfile. */
export const dropReasons = {
  nothing: 'changed nothing',
  failed: 'failed',
  repeated: 'repeated',
  shell: 'only changed the shell',
  file: 'file is copied instead',
  noise: 'only temporary files',
  environment: 'became ENV',
} as const;
export type DropReason = keyof typeof dropReasons;
