'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type WheelEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

// Distance from the end that counts as the end: zooming loses fractions, and the end moves while a person scrolls to
// it.
const nearEndPx = 8;
const nearEndByHandPx = 120;

// A scroll soon after user input is intended; others come from the list measuring real heights.
const handMs = 500;

const keysUp = new Set(['Home', 'PageUp', 'ArrowUp']);

/** Keeps a scrolled element at its end while it grows; stops when the user scrolls up, and resumes at the end. */
export function useFollow(live: boolean, fromEnd: boolean, onLetGo: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(live || fromEnd);
  const lastTop = useRef(0);
  const lastHand = useRef(-Infinity); // a page may be younger than `handMs`

  // After every render: it may have added or measured lines.
  useLayoutEffect(() => {
    const target = scroller.current;
    if (!target || !following) return;
    target.scrollTop = target.scrollHeight;
    lastTop.current = target.scrollTop;
  });

  const onScroll = () => {
    const target = scroller.current;
    if (!target) return;
    const left = target.scrollHeight - target.clientHeight - target.scrollTop;
    const byHand = performance.now() - lastHand.current < handMs;
    const down = target.scrollTop > lastTop.current;
    const up = target.scrollTop < lastTop.current - 1;
    if (left <= (byHand && down ? nearEndByHandPx : nearEndPx)) {
      // A smooth scroll up starts near the end: that must not count as arriving there.
      if (!up) setFollowing(live || following);
    } else if (following && byHand && up) {
      setFollowing(false);
      onLetGo();
    }
    lastTop.current = target.scrollTop;
  };

  const onHand = () => {
    lastHand.current = performance.now();
  };
  // Clear intent counts at once: a busy browser may scroll later than `handMs`.
  const onWishUp = () => {
    if (!following || !scroller.current?.scrollTop) return;
    setFollowing(false);
    onLetGo();
  };
  const handlers = {
    onScroll,
    onWheel: (event: WheelEvent) => {
      onHand();
      if (event.deltaY < 0) onWishUp();
    },
    onTouchMove: onHand,
    onKeyDown: (event: KeyboardEvent) => {
      onHand();
      if (event.key === 'End' && live) setFollowing(true);
      if (keysUp.has(event.key)) onWishUp();
    },
    onPointerDown: onHand,
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons) onHand();
    },
  };

  return { scroller, following, setFollowing, handlers };
}
