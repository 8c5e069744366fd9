'use client';

import dynamic from 'next/dynamic';

/** Loaded with the builds that show changed files: most show none. */
export const ChangeTree = dynamic(
  async () => (await import('@/app/_components/file-tree/change-tree')).ChangeTree,
);
