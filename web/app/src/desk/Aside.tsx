import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from 'suomifi-ui-components';
import css from './desk.module.css';

interface Props {
  title: string;
  /** What the button that closes it says. */
  close: string;
  onClose: () => void;
  children: ReactNode;
}

/** Stands in place of the details, so that the contact stays in view. The focus goes back where it came from. */
export function Aside({ title, close, onClose, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => (before instanceof HTMLElement ? before.focus() : undefined);
  }, []);
  return (
    <div className={css.facts}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
      <Button variant="secondary" onClick={onClose}>
        {close}
      </Button>
    </div>
  );
}
