/** Why a command is no part of the Dockerfile. */
export const dropReasons = {
  nothing: 'changed nothing',
  failed: 'failed',
  repeated: 'done before',
  shell: 'only moved the shell',
  file: 'its file is copied',
  noise: 'left only traces of its own',
  environment: 'became ENV',
} as const;
export type DropReason = keyof typeof dropReasons;
