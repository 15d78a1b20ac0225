import type { Dispatch } from 'react';
import { TextField } from '../look/Field';
import { HoursEditor } from '../lead/HoursEditor';
import { spanFaults } from '../lead/hours';
import { useText } from '../text/TextProvider';
import { AccountFields } from './AccountFields';
import { AdviserFields } from './AdviserFields';
import { AuthorityFields, ContactFields } from './AuthorityFields';
import type { Choices } from './choices';
import type { Draft, DraftAction, StepName } from './draft';
import { ServiceFields } from './ServiceFields';
import { TopicFields } from './TopicFields';

export interface FieldsProps {
  draft: Draft;
  dispatch: Dispatch<DraftAction>;
  /** What is wrong with a field, by its name. */
  fault: (name: string) => string | undefined;
}

interface Props extends FieldsProps {
  step: Exclude<StepName, 'check'>;
  choices: Choices;
}

/** The fields of one step. */
export function Fields({ step, choices, ...rest }: Props) {
  switch (step) {
    case 'code':
      return <CodeField {...rest} />;
    case 'account':
      return <AccountFields {...rest} minLength={choices.minLength} />;
    case 'authority':
      return <AuthorityFields {...rest} />;
    case 'contacts':
      return <ContactFields {...rest} />;
    case 'service':
      return <ServiceFields {...rest} templates={choices.templates} />;
    case 'topics':
      return <TopicFields {...rest} />;
    case 'hours':
      return <Hours {...rest} />;
    case 'adviser':
      return <AdviserFields {...rest} />;
  }
}

function CodeField({ draft, dispatch, fault }: FieldsProps) {
  const { t } = useText();
  return (
    <TextField label={t('setup.code.code')} name="code" value={draft.code} onChange={(code) => dispatch({ do: 'code', code })} autoComplete="off" size={20} maxLength={64} fault={fault('code')} />
  );
}

function Hours({ draft, dispatch, fault }: FieldsProps) {
  const all = spanFaults(draft.hours);
  // Only those that the step shows already.
  const shown = new Map([...all].filter(([at]) => fault(`hours.${at}`) !== undefined));
  return <HoursEditor spans={draft.hours} dispatch={(action) => dispatch({ do: 'hours', action })} faults={shown} zone={draft.authority.zone} />;
}
