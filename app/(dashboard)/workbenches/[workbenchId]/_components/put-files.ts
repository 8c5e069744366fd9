import { readDropped, withFolderName } from '@/app/_components/upload/listing';
import type { ShownError } from '@/app/_components/ui/error-state';

async function send(id: string, directory: string, name: string, file: File): Promise<ShownError | null> {
  try {
    const response = await fetch(`/api/workbenches/${id}/files?${new URLSearchParams({ directory, name })}`, {
      method: 'PUT',
      body: file,
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error: ShownError };
    return { ...error, message: `${name}: ${error.message}` };
  } catch {
    return { message: `${name} was not copied: the connection was lost.`, hint: 'Drop it again.' };
  }
}

/** Uploads the dropped files one after the other, and stops at the first error. */
export async function putFiles(
  id: string,
  findDirectory: () => Promise<string>,
  items: DataTransfer | FileList,
  onProgress: (done: number, all: number) => void,
): Promise<{ sent: number; directory: string; error: ShownError | null }> {
  const reading = readDropped(items, { asArchive: false, onCount: () => undefined });
  const directory = await findDirectory();
  const dropped = await reading;
  const files =
    dropped.kind === 'folder'
      ? withFolderName(dropped.listing).files
      : [{ path: dropped.file.name, file: dropped.file }];
  for (const [index, { path, file }] of files.entries()) {
    onProgress(index, files.length);
    const error = await send(id, directory, path, file);
    if (error) return { sent: index, directory, error };
  }
  return { sent: files.length, directory, error: null };
}
