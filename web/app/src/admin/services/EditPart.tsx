import { type ReactNode, useId, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Told } from '../../look/Told';
import page from '../../look/page.module.css';

interface Props {
  title: string;
  edit: string;
  /** Names the button apart from the same one of another part. */
  editOf: string;
  saved: string;
  /** Takes the place of the part until it is left. */
  form: (leave: (saved: boolean) => void) => ReactNode;
  children: ReactNode;
}

/** One part of a service: what it is now, and a form in its place while it is changed. */
export function EditPart({ title, edit, editOf, saved, form, children }: Props) {
  const [editing, setEditing] = useState(false);
  const [told, setTold] = useState('');
  const id = useId();
  const leave = (done: boolean) => {
    setEditing(false);
    if (done) setTold(saved);
    setTimeout(() => document.getElementById(id)?.querySelector('button')?.focus());
  };
  const open = () => {
    setTold('');
    setEditing(true);
  };
  if (editing) return form(leave);
  return (
    <div className={page.part}>
      <h2>{title}</h2>
      <Told>{told}</Told>
      {children}
      <div id={id}>
        <Button variant="secondary" aria-label={editOf} onClick={open}>
          {edit}
        </Button>
      </div>
    </div>
  );
}
