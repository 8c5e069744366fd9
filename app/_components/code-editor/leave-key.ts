import { EditorView } from '@codemirror/view';

/** Escape, then Tab, leaves the text (WCAG 2.1.2, no keyboard trap). After any other key, Tab indents again. */
export const leaveKey = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === 'Escape') view.setTabFocusMode(true);
    else if (!['Tab', 'Shift'].includes(event.key)) view.setTabFocusMode(false);
    return false;
  },
  blur(_event, view) {
    view.setTabFocusMode(false);
  },
});
