import { type RefObject, useEffect, useState } from 'react';

/** Whether a box is too small for what it holds, followed as the window and the content change: then it is a stop of Tab. */
export function useScrolls(box: Readonly<RefObject<HTMLElement | null>>, along: 'Width' | 'Height'): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = () => setScrolls(element[`scroll${along}`] > element[`client${along}`]);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [box, along]);
  return scrolls;
}
