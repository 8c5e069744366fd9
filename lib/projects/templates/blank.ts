import type { Template } from './template';

export const blank: Template = {
  id: 'blank',
  name: 'Blank',
  description: 'A Dockerfile with one line, for those who know what comes next.',
  files: async () => ({
    Dockerfile: '# The image that this one stands on.\nFROM busybox\n',
    '.dockerignore': '# What a build does not need, one pattern in a line.\n.git\n',
  }),
};
