'use client';

import { Download, Ellipsis, Play, Tag, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import { PushDialogBox } from '@/app/_components/push-dialog/push-dialog';
import { IconButton } from '@/app/_components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/ui/menu';
import { runHref } from '@/lib/containers/choices';
import { shortDigest } from '@/lib/format/text';
import { RemoveImage, type Removable } from './remove-image';
import { SaveImages } from './save-images';
import { TagDialog } from './tag-dialog';

export interface MayWithImages {
  run: boolean;
  push: boolean;
  tag: boolean;
  remove: boolean;
  /** Download as an archive. */
  save: boolean;
  pull: boolean;
  workbench: boolean;
}

type Opened = 'push' | 'tag' | 'save' | 'remove' | null;

/** The actions on an image, for lists and for its page. */
export function ImageMenu({
  image,
  may,
  withPush,
}: {
  image: Removable;
  may: MayWithImages;
  withPush: boolean;
}) {
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  if (!(withPush && (may.push || may.run)) && !may.tag && !may.save && !may.remove) return null;
  return (
    <>
      <Menu
        trigger={
          <IconButton
            plain
            label={`More for ${image.tags[0] ?? shortDigest(image.id)}`}
            icon={<Ellipsis />}
          />
        }
      >
        {may.run && withPush ? (
          <MenuItem icon={<Play />} href={runHref(image.id)}>
            Run…
          </MenuItem>
        ) : null}
        {may.push && withPush ? (
          <MenuItem icon={<Upload />} onSelect={() => setOpened('push')}>
            Push…
          </MenuItem>
        ) : null}
        {may.tag ? (
          <MenuItem icon={<Tag />} onSelect={() => setOpened('tag')}>
            Add tag…
          </MenuItem>
        ) : null}
        {may.save ? (
          <MenuItem icon={<Download />} onSelect={() => setOpened('save')}>
            Save as archive…
          </MenuItem>
        ) : null}
        {may.remove ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger onSelect={() => setOpened('remove')}>
              Remove…
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {/* Only the open dialog is rendered: a list has fifty of these menus. */}
      {opened === 'push' ? (
        <PushDialogBox image={image.id} reference={image.tags[0]} open onOpenChange={close} />
      ) : null}
      {opened === 'tag' ? <TagDialog image={image} open onOpenChange={close} /> : null}
      {opened === 'save' ? <SaveImages images={[image]} open onOpenChange={close} /> : null}
      {opened === 'remove' ? <RemoveImage image={image} open onOpenChange={close} /> : null}
    </>
  );
}
