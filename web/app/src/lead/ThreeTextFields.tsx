import type { ThreeTexts } from '../api/shapes';
import { TextField } from '../look/Field';
import page from '../look/page.module.css';
import css from '../staff/staff.module.css';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';

interface Props {
  label: string;
  hint?: string;
  /** Begins the fields' names: `name.fi`. */
  name: string;
  value: ThreeTexts;
  onChange: (value: ThreeTexts) => void;
  /** Fault by language. */
  faults?: Partial<Record<keyof ThreeTexts, string>>;
  rows?: number;
  maxLength?: number;
}

/** One text in Finnish, Swedish and English, each field in its own language. */
export function ThreeTextFields({ label, hint, name, value, onChange, faults = {}, ...rest }: Props) {
  const { t } = useText();
  return (
    <fieldset className={page.fieldset}>
      <legend>{label}</legend>
      {hint && <p className={css.hint}>{hint}</p>}
      {LANGS.map((lang) => (
        <TextField
          key={lang}
          label={t(`shared.languages.${lang}`)}
          name={`${name}.${lang}`}
          lang={lang}
          value={value[lang]}
          onChange={(text) => onChange({ ...value, [lang]: text })}
          fault={faults[lang]}
          size={40}
          {...rest}
        />
      ))}
    </fieldset>
  );
}
