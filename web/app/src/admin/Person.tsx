import { useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import type { Account } from '../api/shapes';
import { BackLink } from '../look/BackLink';
import { FocusedHeading } from '../look/Focused';
import { Told } from '../look/Told';
import { useMe } from '../staff/MeProvider';
import { useText } from '../text/TextProvider';
import { ByDirectory } from './ByDirectory';
import { Grants } from './Grants';
import { OnePassword } from './OnePassword';
import { PersonFacts } from './PersonFacts';
import { Secrecy } from './Secrecy';
import { SigningIn } from './SigningIn';

interface Props {
  person: Account;
  /** A password that was just made for this person, or "". */
  password: string;
  onHidePassword: () => void;
  onLeave: () => void;
}

/** One account and everything that an administrator may do with it. */
export function Person({ person, password, onHidePassword, onLeave }: Props) {
  const { t, dateTime } = useText();
  const { me } = useMe();
  const [told, setTold] = useState('');
  const own = me.id === person.id;
  return (
    <>
      <BackLink onBack={onLeave}>{t('admin.list.back')}</BackLink>
      {/* A disabled account is another page: the parts that had the focus are gone. */}
      <FocusedHeading key={String(person.disabled)} take={!password}>
        {person.name}
      </FocusedHeading>
      <Told>{told}</Told>
      {own && <InlineAlert labelText={t('admin.person.own')}>{t('admin.person.ownHint')}</InlineAlert>}
      {person.disabled && (
        <InlineAlert status="warning">{t('admin.person.closed', { when: person.disabled_at ? dateTime(person.disabled_at) : '' })}</InlineAlert>
      )}
      {password && <OnePassword person={person} password={password} onHide={onHidePassword} />}
      <PersonFacts person={person} onTold={setTold} />
      <Grants person={person} own={own} onTold={setTold} />
      {!person.disabled && <Secrecy person={person} onTold={setTold} />}
      {!person.disabled && <ByDirectory person={person} onTold={setTold} />}
      {!person.disabled && !own && <SigningIn person={person} onTold={setTold} />}
    </>
  );
}
