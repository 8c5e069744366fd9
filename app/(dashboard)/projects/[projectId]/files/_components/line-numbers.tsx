/** The numbers beside a text, moved along with it. */
export function LineNumbers({ text, scrolled }: { text: string; scrolled: number }) {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  const numbers = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
  return (
    <div
      aria-hidden
      className="overflow-hidden border-r border-line py-2 pr-2 pl-3 text-right text-faint select-none"
    >
      <pre
        ref={(element) => {
          // Not as an attribute of the server's page: its policy allows no inline styles.
          if (element) element.style.translate = `0 ${-scrolled}px`;
        }}
        className="font-mono text-sm leading-5 tabular-nums max-sm:text-lg max-sm:leading-6"
      >
        {numbers}
      </pre>
    </div>
  );
}
