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
    return { message: `${name} did not arrive: the connection was lost.`, hint: 'Drop it again.' };
  }
}

/** Sends what was dropped, one file after the other. Answers how many, where to, and what stopped it. */
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
