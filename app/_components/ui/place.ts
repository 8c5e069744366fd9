export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

interface Size {
  width: number;
  height: number;
}

interface Box extends Size {
  left: number;
  top: number;
}

export interface Placement {
  side: Side;
  align: Align;
  /** Gap between box and anchor, in pixels. */
  gap: number;
}

/** Minimum distance to the window's edges, in pixels. */
const marginPx = 8;

const opposite: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };
const shares: Record<Align, number> = { start: 0, center: 0.5, end: 1 };

function roomAt(side: Side, anchor: Box, view: Size): number {
  if (side === 'top') return anchor.top;
  if (side === 'left') return anchor.left;
  if (side === 'right') return view.width - anchor.left - anchor.width;
  return view.height - anchor.top - anchor.height;
}

const within = (value: number, length: number, limit: number) =>
  Math.max(marginPx, Math.min(value, limit - marginPx - length));

/** The position of a box beside its anchor: on the side with more room, and never outside the window. */
export function place(anchor: Box, size: Size, view: Size, { side: wanted, align, gap }: Placement) {
  const upright = wanted === 'top' || wanted === 'bottom';
  const needed = (upright ? size.height : size.width) + gap + marginPx;
  const other = opposite[wanted];
  const turns =
    roomAt(wanted, anchor, view) < needed && roomAt(other, anchor, view) > roomAt(wanted, anchor, view);
  const side = turns ? other : wanted;
  const left = {
    top: anchor.left + shares[align] * (anchor.width - size.width),
    bottom: anchor.left + shares[align] * (anchor.width - size.width),
    left: anchor.left - gap - size.width,
    right: anchor.left + anchor.width + gap,
  }[side];
  const top = {
    top: anchor.top - gap - size.height,
    bottom: anchor.top + anchor.height + gap,
    left: anchor.top + shares[align] * (anchor.height - size.height),
    right: anchor.top + shares[align] * (anchor.height - size.height),
  }[side];
  return { left: within(left, size.width, view.width), top: within(top, size.height, view.height) };
}
