import { ThreeTextFields } from '../lead/ThreeTextFields';
import { SelectField, TextField } from '../look/Field';
import { LANGS } from '../text/lookup';
import { useText } from '../text/TextProvider';
import type { FieldsProps } from './Fields';

/** Who the controller is, how its addresses begin, and by which clock its days end. */
export function AuthorityFields({ draft: { authority }, dispatch, fault }: FieldsProps) {
  const { t } = useText();
  const example = `${location.origin}/${authority.slug || 'mallila'}/`;
  return (
    <>
      <ThreeTextFields
        label={t('setup.authority.name')}
        name="authority.name"
        maxLength={200}
        value={authority.name}
        onChange={(name) => dispatch({ do: 'authority', part: { name } })}
        faults={Object.fromEntries(LANGS.map((lang) => [lang, fault(`authority.name.${lang}`)]))}
      />
      <TextField
        label={t('setup.authority.slug')}
        name="authority.slug"
        hint={t('setup.authority.slugHint', { example })}
        value={authority.slug}
        onChange={(slug) => dispatch({ do: 'authority', part: { slug } })}
        autoComplete="off"
        size={32}
        maxLength={31}
        fault={fault('authority.slug') ?? fault('slug')}
      />
      <SelectField
        label={t('setup.authority.zone')}
        hint={t('setup.authority.zoneHint')}
        value={authority.zone}
        options={Intl.supportedValuesOf('timeZone').map((id) => ({ id, name: id }))}
        onChange={(zone) => dispatch({ do: 'authority', part: { zone } })}
        fault={fault('time_zone')}
      />
    </>
  );
}

/** How the controller is reached, as its notices tell. */
export function ContactFields({ draft: { contacts }, dispatch, fault }: FieldsProps) {
  const { t } = useText();
  const field = (name: keyof typeof contacts) => ({
    label: t(`setup.contacts.${name}`),
    name: `contacts.${name}`,
    value: contacts[name],
    onChange: (text: string) => dispatch({ do: 'contacts', part: { [name]: text } }),
    fault: fault(`contacts.${name}`) ?? fault(name),
    size: 40,
  });
  return (
    <>
      <TextField {...field('address')} hint={t('setup.contacts.addressHint')} autoComplete="street-address" maxLength={300} />
      <TextField {...field('phone')} hint={t('setup.optional')} type="tel" autoComplete="tel" maxLength={40} />
      <TextField {...field('email')} type="email" autoComplete="off" maxLength={254} />
      <TextField {...field('dpo')} type="email" autoComplete="off" maxLength={254} />
    </>
  );
}
