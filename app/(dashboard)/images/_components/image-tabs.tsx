import { LinkTabs } from '@/app/_components/ui/link-tabs';

/** List, lineage and history. */
export function ImageTabs() {
  return (
    <LinkTabs
      label="Image views"
      tabs={[
        { label: 'List', href: '/images' },
        { label: 'Lineage', href: '/images/tree' },
        { label: 'History', href: '/images/work', nested: true },
      ]}
    />
  );
}
