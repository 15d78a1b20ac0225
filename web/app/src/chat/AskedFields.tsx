import { TextInput } from 'suomifi-ui-components';
import type { Problem } from '../api/problem';
import type { ChatService } from '../api/shapes';
import { useText } from '../text/TextProvider';

interface Props {
  fields: ChatService['fields'];
  values: Record<string, string>;
  problem: Problem | null;
  onChange: (values: Record<string, string>) => void;
}

type Asked = ChatService['fields'][number];

const INPUT: Partial<Record<Asked['type'], 'email' | 'tel'>> = { email: 'email', phone: 'tel' };
const FILL: Partial<Record<Asked['type'], string>> = { email: 'email', phone: 'tel' };

/** The contact details and the name that the notice declares, if any. */
export function AskedFields({ fields, values, problem, onChange }: Props) {
  const { t } = useText();
  return fields.map(({ id, type, required, label, help }) => {
    const fault = problem?.fields[id];
    return (
      <TextInput
        key={id}
        name={id}
        type={INPUT[type] ?? 'text'}
        autoComplete={FILL[type] ?? (id === 'name' ? 'name' : 'off')}
        labelText={label}
        fullWidth
        {...(required ? {} : { optionalText: t('shared.optional') })}
        {...(help ? { hintText: help } : {})}
        {...(fault ? { status: 'error', statusText: fault } : {})}
        value={values[id] ?? ''}
        onChange={(value) => onChange({ ...values, [id]: String(value ?? '') })}
      />
    );
  });
}
