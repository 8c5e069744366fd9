/** Shown beside masked values: lib/commands/values.ts. */
export const ValuesHidden = () => <p className="text-sm text-muted">Values are only shown to builders.</p>;
