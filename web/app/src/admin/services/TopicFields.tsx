import type { ThreeTexts } from '../../api/shapes';
import { ThreeTextFields } from '../../lead/ThreeTextFields';
import page from '../../look/page.module.css';
import own from '../../settings/settings.module.css';
import css from '../../staff/staff.module.css';
import type { Lang } from '../../text/lookup';
import { useText } from '../../text/TextProvider';

interface Props {
  name: string;
  label: string;
  value: ThreeTexts;
  faults: Partial<Record<Lang, string>>;
  onChange: (value: ThreeTexts) => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
}

/** One topic: its name in three languages, its place, and taking it out of use. */
export function TopicFields({ name, label, value, faults, onChange, onUp, onDown, onRemove }: Props) {
  const { t } = useText();
  return (
    <div className={own.topic}>
      <ThreeTextFields label={label} name={name} value={value} onChange={onChange} maxLength={200} faults={faults} />
      <div className={css.row}>
        {onUp && (
          <button type="button" className={page.act} aria-label={t('admin.services.topics.upOf', { name: label })} onClick={onUp}>
            {t('admin.services.topics.up')}
          </button>
        )}
        {onDown && (
          <button type="button" className={page.act} aria-label={t('admin.services.topics.downOf', { name: label })} onClick={onDown}>
            {t('admin.services.topics.down')}
          </button>
        )}
        <button type="button" className={page.act} aria-label={t('admin.services.topics.removeOf', { name: label })} onClick={onRemove}>
          {t('admin.services.topics.remove')}
        </button>
      </div>
    </div>
  );
}
