import { useRef, useState } from 'react';

/**
 * A part of a page that is changed in its place: a form stands there while it is, and what became of it
 * is told afterwards. The focus comes back to the button that opened it, found by selector in the part.
 */
export function useInPlace(selector = 'button') {
  const [editing, setEditing] = useState(false);
  const [told, setTold] = useState('');
  const part = useRef<HTMLDivElement>(null);
  const leave = () => {
    setEditing(false);
    setTimeout(() => part.current?.querySelector<HTMLButtonElement>(selector)?.focus());
  };
  const edit = () => {
    setTold('');
    setEditing(true);
  };
  const done = (say: string) => {
    setTold(say);
    leave();
  };
  return { part, editing, told, edit, leave, done };
}
