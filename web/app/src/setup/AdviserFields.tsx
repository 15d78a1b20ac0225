import { Checkbox, RadioButton, RadioButtonGroup } from 'suomifi-ui-components';
import { TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import type { FieldsProps } from './Fields';

/** The first adviser, now or later. The password comes from the program. */
export function AdviserFields({ draft: { adviser }, dispatch, fault }: FieldsProps) {
  const { t } = useText();
  const field = (name: 'username' | 'name' | 'email') => ({
    label: t(`setup.account.${name}`),
    name: `adviser.${name}`,
    value: adviser[name],
    onChange: (text: string) => dispatch({ do: 'adviser', part: { [name]: text } }),
    fault: fault(`adviser.${name}`),
    autoComplete: 'off',
    size: 32,
  });
  return (
    <>
      <RadioButtonGroup name="adviser.wanted" labelText={t('setup.adviser.wanted')} value={adviser.wanted ? 'yes' : 'later'} onChange={(chosen) => dispatch({ do: 'adviser', part: { wanted: chosen === 'yes' } })}>
        <RadioButton value="yes">{t('setup.adviser.yes')}</RadioButton>
        <RadioButton value="later">{t('setup.adviser.later')}</RadioButton>
      </RadioButtonGroup>
      {adviser.wanted && (
        <>
          <TextField {...field('username')} hint={t('setup.account.usernameHint')} maxLength={100} />
          <TextField {...field('name')} maxLength={200} />
          <TextField {...field('email')} hint={t('setup.optional')} type="email" maxLength={254} />
          <Checkbox checked={adviser.secrecy} hintText={t('setup.adviser.secrecyHint')} onClick={({ checkboxState }) => dispatch({ do: 'adviser', part: { secrecy: checkboxState } })}>
            {t('setup.adviser.secrecy')}
          </Checkbox>
        </>
      )}
    </>
  );
}
