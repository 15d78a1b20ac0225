import { useCallback, useState } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import type { DirectoryState } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { CopyButton } from '../look/CopyButton';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { Told } from '../look/Told';
import { StaffFrame } from '../staff/StaffFrame';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import { DirectoryForm } from './DirectoryForm';

/** The organisation's own directory, by which the staff sign in. */
export default function DirectoryPage() {
  const { t } = useText();
  return (
    <StaffFrame area="/admin/directory" title={t('staff.areas.directory')}>
      <h1>{t('staff.areas.directory')}</h1>
      <p>{t('admin.directory.intro')}</p>
      <Loaded />
    </StaffFrame>
  );
}

function Loaded() {
  const { t } = useText();
  const load = useCallback(() => call('get', '/api/admin/directory'), []);
  const { data, problem, reload } = useLoad(load);
  const [changed, setChanged] = useState<DirectoryState | null>(null);
  const [told, setTold] = useState('');
  const [round, setRound] = useState(0);
  const state = changed ?? data;
  if (!state) return problem ? <Failure problem={problem} onRetry={reload} /> : <p role="status">{t('shared.loading')}</p>;
  const saved = (now: DirectoryState) => {
    setChanged(now);
    setTold(t(now.on ? 'admin.directory.savedOn' : 'admin.directory.savedOff'));
    setRound(round + 1);
  };
  return (
    <>
      {!state.on && <InlineAlert>{t(state.version > 0 ? 'admin.directory.off' : 'admin.directory.none')}</InlineAlert>}
      <Register state={state} />
      <Told>{told}</Told>
      <DirectoryForm key={round} state={state} onSaved={saved} onReset={() => setRound(round + 1)} onTouched={() => setTold('')} />
    </>
  );
}

/** What the directory has to be told of this program. */
function Register({ state }: { state: DirectoryState }) {
  const { t } = useText();
  const addresses = [
    ['redirect', state.redirect],
    ['after', state.after],
  ] as const;
  return (
    <section className={page.part} aria-labelledby="directory-register">
      <h2 id="directory-register">{t('admin.directory.register')}</h2>
      <p>{t('admin.directory.registerText')}</p>
      {addresses.map(([key, address]) => (
        <div key={key}>
          <p>
            {t(`admin.directory.${key}`)}: <span className={css.code}>{address}</span>
          </p>
          <CopyButton text={address} label={t(`admin.directory.${key}Copy`)} />
        </div>
      ))}
    </section>
  );
}
