import { Checkbox, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import type { Answers } from '../api/shapes';
import { GroupLabel } from '../look/Field';
import page from '../look/page.module.css';
import { useText } from '../text/TextProvider';
import type { AnswerDraft } from './answers';

interface Props {
  draft: AnswerDraft;
  data: Answers;
  onChange: (part: Partial<AnswerDraft>) => void;
  fault: string | undefined;
}

/** For which services an answer is: all, for whoever leads them all, or chosen ones of the lead's own. */
export function AnswerServices({ draft: { some, services }, data, onChange, fault }: Props) {
  const { t } = useText();
  const own = data.services.filter(({ id }) => data.all || data.led.includes(id));
  const toggle = (id: string, on: boolean) => onChange({ services: on ? [...services, id] : services.filter((each) => each !== id) });
  return (
    <>
      {data.all && (
        <RadioButtonGroup name="services.some" labelText={t('lead.answers.services')} value={some ? 'some' : 'all'} onChange={(kind) => onChange({ some: kind === 'some' })}>
          <RadioButton value="all">{t('lead.answers.forAll')}</RadioButton>
          <RadioButton value="some">{t('lead.answers.forSome')}</RadioButton>
        </RadioButtonGroup>
      )}
      {some && (
        <fieldset className={page.fieldset}>
          <legend>
            <GroupLabel label={t('lead.answers.forSome')} fault={fault} />
          </legend>
          {own.map(({ id, name }) => (
            <Checkbox key={id} name="services" checked={services.includes(id)} onClick={({ checkboxState }) => toggle(id, checkboxState)}>
              {name}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </>
  );
}
