import page from './page.module.css';

interface Props {
  onBack: () => void;
  children: string;
}

/** The way back to a list, above the heading of the one that was opened from it. */
export function BackLink({ onBack, children }: Props) {
  return (
    <div>
      <button type="button" className={page.act} onClick={onBack}>
        {children}
      </button>
    </div>
  );
}
