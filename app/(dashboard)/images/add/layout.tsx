import type { ReactNode } from 'react';
import { LinkTabs } from '@/app/_components/ui/link-tabs';
import { PageHeader } from '@/app/_components/ui/page-header';

/** Pull, load and import. */
export default function AddImagesLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader
        title="Add images"
        breadcrumbs={[{ label: 'Images', href: '/images' }]}
        meta="From a registry or a file"
      />
      <LinkTabs
        label="Ways to add images"
        tabs={[
          { label: 'Pull', href: '/images/add' },
          { label: 'Load an archive', href: '/images/add/load' },
          { label: 'Import a root file system', href: '/images/add/import' },
        ]}
      />
      {children}
    </>
  );
}
