/** A skeleton of the page, so that nothing shifts when it loads. */
export default function Loading() {
  return (
    <div role="status" className="animate-appear">
      <span className="sr-only">Loading</span>
      <div aria-hidden>
        <div className="h-8 w-56 max-w-full rounded-md bg-waiting-soft" />
        <div className="mt-2.5 h-4 w-80 max-w-full rounded-md bg-waiting-soft" />
        <div className="hatch mt-6 h-64 border-t-[1.5px] border-rule" />
      </div>
    </div>
  );
}
