import { type ReactNode, useId, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Told } from '../../look/Told';
import page from '../../look/page.module.css';
import { useText } from '../../text/TextProvider';

interface Props {
  part: 'texts' | 'topics' | 'queues';
  /** The service's, which names the button apart from the same one of another. */
  name: string;
  /** Takes the place of the part until it is left. */
  form: (leave: (saved: boolean) => void) => ReactNode;
  children: ReactNode;
}

/** One part of a service: what it is now, and a form in its place while it is changed. */
export function EditPart({ part, name, form, children }: Props) {
  const { t } = useText();
  const [editing, setEditing] = useState(false);
  const [told, setTold] = useState('');
  const id = useId();
  const leave = (done: boolean) => {
    setEditing(false);
    if (done) setTold(t(`admin.services.${part}.saved`));
    setTimeout(() => document.getElementById(id)?.querySelector('button')?.focus());
  };
  const open = () => {
    setTold('');
    setEditing(true);
  };
  if (editing) return form(leave);
  const edit = t(`admin.services.${part}.edit`);
  return (
    <div className={page.part}>
      <h2>{t(`admin.services.${part}.title`)}</h2>
      <Told>{told}</Told>
      {children}
      <div id={id}>
        <Button variant="secondary" aria-label={t('admin.services.of', { action: edit, name })} onClick={open}>
          {edit}
        </Button>
      </div>
    </div>
  );
}
