import { LinkTabs } from '@/app/_components/ui/link-tabs';

/** The views of the images: as a list, by what stands on what, and what was done with them. */
export function ImageTabs() {
  return (
    <LinkTabs
      label="Views of the images"
      tabs={[
        { label: 'List', href: '/images' },
        { label: 'Ancestry', href: '/images/tree' },
        { label: 'History', href: '/images/work', nested: true },
      ]}
    />
  );
}
