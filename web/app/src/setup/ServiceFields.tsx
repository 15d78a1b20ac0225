import { Checkbox, CheckboxGroup, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import { ThreeTextFields } from '../lead/ThreeTextFields';
import { GroupLabel } from '../look/Field';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import type { Template } from './choices';
import type { FieldsProps } from './Fields';

/** The first service: the notice that it obeys, its name, and the languages in which it serves. */
export function ServiceFields({ draft: { service }, dispatch, fault, templates }: FieldsProps & { templates: readonly Template[] }) {
  const { t, lang } = useText();
  const wrong = fault('service.template') ?? fault('template');
  const none = fault('service.languages');
  const choose = (id: string) => {
    const names = templates.map(({ name }) => name.fi);
    const chosen = templates.find((each) => each.id === id);
    // A name that somebody has written stays.
    const free = service.name.fi === '' || names.includes(service.name.fi);
    dispatch({ do: 'service', part: { template: id, ...(free && chosen ? { name: chosen.name } : {}) } });
  };
  return (
    <>
      <RadioButtonGroup
        name="service.template"
        labelText={<GroupLabel label={t('setup.service.template')} fault={wrong} />}
        value={service.template}
        onChange={choose}
      >
        {templates.map(({ id, name, keep }) => (
          <RadioButton key={id} value={id} hintText={keep[lang]}>
            {name[lang]}
          </RadioButton>
        ))}
      </RadioButtonGroup>
      <ThreeTextFields
        label={t('setup.service.name')}
        name="service.name"
        maxLength={200}
        value={service.name}
        onChange={(name) => dispatch({ do: 'service', part: { name } })}
        faults={Object.fromEntries(LANGS.map((each) => [each, fault(`service.name.${each}`)]))}
      />
      <CheckboxGroup labelText={<GroupLabel label={t('setup.service.languages')} fault={none} />}>
        {LANGS.map((each) => (
          <Checkbox
            key={each}
            name="service.languages"
            checked={service.languages.includes(each)}
            onClick={({ checkboxState }) =>
              dispatch({ do: 'service', part: { languages: LANGS.filter((one) => (one === each ? checkboxState : service.languages.includes(one))) } })
            }
          >
            {t(`shared.languages.${each}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </>
  );
}
