import { Checkbox } from 'suomifi-ui-components';
import { GroupLabel } from '../../look/Field';
import page from '../../look/page.module.css';
import { LANGS } from '../../text/lookup';
import { useText } from '../../text/TextProvider';

interface Props {
  label: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  fault: string | undefined;
}

/** Any of the three languages, kept in one order. */
export function LanguageChoice({ label, value, onChange, fault }: Props) {
  const { t } = useText();
  return (
    <fieldset className={page.fieldset}>
      <legend>
        <GroupLabel label={label} fault={fault} />
      </legend>
      {LANGS.map((lang) => (
        <Checkbox key={lang} checked={value.includes(lang)} onClick={({ checkboxState }) => onChange(LANGS.filter((one) => (one === lang ? checkboxState : value.includes(one))))}>
          {t(`shared.languages.${lang}`)}
        </Checkbox>
      ))}
    </fieldset>
  );
}
