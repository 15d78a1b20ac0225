import type { Act } from '../api/useAct';
import { FormEnd } from '../staff/FormEnd';
import { Meanwhile } from './Meanwhile';
import type { Setting } from './useSetting';

interface Props {
  act: Act;
  setting: Setting;
  doIt: string;
  onCancel: () => void;
}

/** Somebody has changed the setting since its form was filled. */
export const isConflict = (problem: Act['problem']) => problem?.key === 'setting-changed' || problem?.key === 'answer-changed';

/** Where the form of a setting ends. If somebody else was first it says what they changed; what was written stays. */
export function SettingEnd({ act, setting, ...rest }: Props) {
  const conflict = isConflict(act.problem);
  return (
    <>
      {conflict && <Meanwhile setting={setting} />}
      <FormEnd act={conflict ? { ...act, problem: null } : act} {...rest} />
    </>
  );
}
