'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type WheelEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

// Within so many pixels of the end one is at the end: a fraction is lost to zooming. Whoever scrolls down by hand may
// miss it by some lines, as it moves on meanwhile.
const nearby = 8;
const nearbyByHand = 120;

// A movement so soon after a hand moved something is meant; others are the list's own, when it learns real heights.
const handTime = 500;

const keysUp = new Set(['Home', 'PageUp', 'ArrowUp']);

/** Keeps a scrolled element at its end while it grows; lets go when one scrolls up, and takes hold again at the end. */
export function useFollow(live: boolean, fromEnd: boolean, onLetGo: () => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(live || fromEnd);
  const lastTop = useRef(0);
  const lastHand = useRef(-Infinity); // a page may be younger than `handTime`

  // After every render: each may have added lines, or measured them.
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
    const byHand = performance.now() - lastHand.current < handTime;
    const down = target.scrollTop > lastTop.current;
    const up = target.scrollTop < lastTop.current - 1;
    if (left <= (byHand && down ? nearbyByHand : nearby)) {
      // A smooth scroll up begins within the end's nearness: it must not be taken for an arrival.
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
  // Where the wish is plain it counts at once: a busy browser scrolls later than `handTime`.
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
