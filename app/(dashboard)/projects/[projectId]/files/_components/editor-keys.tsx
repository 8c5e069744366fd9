import { KeyHint } from '@/app/_components/ui/key-hint';

/** Keys of the editor, and how to leave it by keyboard. */
export function EditorKeys({ id, isDockerfile }: { id: string; isDockerfile: boolean }) {
  return (
    <>
      <span className="ml-auto flex flex-wrap items-center gap-1.5 text-sm text-faint max-sm:hidden">
        <KeyHint keys={['Ctrl', 'S']} /> saves, <KeyHint keys={['Ctrl', 'F']} /> searches,{' '}
        <KeyHint keys={['Esc', 'Tab']} /> leaves the text
      </span>
      <span id={id} className="sr-only">
        Tab indents. Press Escape, then Tab, to leave the text. Control S saves, Control F searches.
        {isDockerfile
          ? ' Control Space completes, F8 goes to the next finding, Shift Alt F formats. Findings are listed after the text.'
          : ''}
      </span>
    </>
  );
}
