import { TextField } from '../look/Field';
import { useText } from '../text/TextProvider';
import type { FieldsProps } from './Fields';

/** The first administrator, with a password of their own. */
export function AccountFields({ draft: { account }, dispatch, fault, minLength }: FieldsProps & { minLength: number }) {
  const { t } = useText();
  const field = (name: keyof typeof account) => ({
    label: t(`setup.account.${name}`),
    name: `account.${name}`,
    value: account[name],
    onChange: (text: string) => dispatch({ do: 'account', part: { [name]: text } }),
    fault: fault(`account.${name}`) ?? fault(name),
    size: 32,
  });
  return (
    <>
      <TextField {...field('username')} hint={t('setup.account.usernameHint')} autoComplete="username" maxLength={100} />
      <TextField {...field('name')} autoComplete="name" maxLength={200} />
      <TextField {...field('email')} hint={t('setup.optional')} type="email" autoComplete="email" maxLength={254} />
      <TextField {...field('password')} hint={t('setup.account.passwordHint', { min: minLength })} type="password" autoComplete="new-password" maxLength={256} />
      <TextField {...field('again')} type="password" autoComplete="new-password" maxLength={256} />
    </>
  );
}
