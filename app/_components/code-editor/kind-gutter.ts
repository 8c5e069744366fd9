import { type EditorState, RangeSet, RangeSetBuilder, StateField } from '@codemirror/state';
import { gutter, GutterMarker } from '@codemirror/view';
import { kindLook } from '@/app/_components/ui/kinds';
import { lineKinds } from '@/lib/dockerfiles/kinds';
import { type StepKind, stepKinds } from '@/lib/events/events';

/** A bar in the color of the instruction of the line. */
class KindMarker extends GutterMarker {
  override readonly elementClass: string;
  constructor(readonly kind: StepKind) {
    super();
    this.elementClass = kindLook[kind].fill;
  }
  override eq(other: GutterMarker) {
    return other instanceof KindMarker && other.kind === this.kind;
  }
}

const markers = new Map(stepKinds.map((kind) => [kind, new KindMarker(kind)]));

function mark({ doc }: EditorState): RangeSet<GutterMarker> {
  const marks = new RangeSetBuilder<GutterMarker>();
  for (const [line, kind] of lineKinds(doc.toString())) {
    if (line > doc.lines) break;
    const { from } = doc.line(line);
    marks.add(from, from, markers.get(kind)!);
  }
  return marks.finish();
}

const kinds = StateField.define<RangeSet<GutterMarker>>({
  create: mark,
  update: (marks, transaction) => (transaction.docChanged ? mark(transaction.state) : marks),
});

export const kindGutter = [
  kinds,
  gutter({ class: 'cm-gutter-kinds', markers: (view) => view.state.field(kinds) }),
];
