import type { Template } from './template';

export const blank: Template = {
  id: 'blank',
  name: 'Blank',
  description: 'A Dockerfile with one line.',
  files: async () => ({
    Dockerfile: '# Base image\nFROM busybox\n',
    '.dockerignore': '# Files excluded from the build context, one pattern per line\n.git\n',
  }),
};
