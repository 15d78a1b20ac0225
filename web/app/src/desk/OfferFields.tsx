import { useCallback, useRef, useState } from 'react';
import { call } from '../api/client';
import type { ContactView } from '../api/shapes';
import { useLoad } from '../api/useLoad';
import { boot } from '../boot';
import { newClientId } from '../live/id';
import { Failure } from '../look/Failure';
import { SelectField } from '../look/Field';
import { useText } from '../text/TextProvider';
import { offer } from './desk-api';

/** Services that keep another register than this contact's, here or at another authority. */
export function useElsewhere(view: ContactView) {
  const { t, lang } = useText();
  const load = useCallback(() => call('get', '/api/desk/elsewhere', { query: { lang } }), [lang]);
  const { data, problem, reload } = useLoad(load);
  const [chosen, choose] = useState('');
  // The same id on every attempt: a lost answer does not make a second offer.
  const clientId = useRef(newClientId());
  const others = (data?.services ?? []).filter((each) => each.authority !== boot().authority || each.notice !== view.keep.notice.id);
  const choices = others.map((each) => ({
    id: `${each.authority}/${each.service}`,
    name: t(each.open ? 'desk.pass.openNow' : 'desk.pass.closedNow', { name: each.name, authority: each.authority_name }),
  }));
  const picked = choices.find(({ id }) => id === chosen)?.id ?? choices[0]?.id ?? '';
  const doIt = async () => {
    const [authority = '', service = ''] = picked.split('/');
    await offer(view.contact, authority, service, clientId.current);
  };
  return { choices, picked, choose, offer: doIt, problem: data ? null : problem, reload };
}

export type Elsewhere = ReturnType<typeof useElsewhere>;

/** Which service to show to the citizen. */
export function OfferFields({ elsewhere: { choices, picked, choose, problem, reload } }: { elsewhere: Elsewhere }) {
  const { t } = useText();
  if (problem) return <Failure problem={problem} onRetry={reload} />;
  if (choices.length === 0) return <p>{t('desk.pass.noElsewhere')}</p>;
  return <SelectField label={t('desk.pass.whichElsewhere')} hint={t('desk.pass.elsewhereHint')} value={picked} options={choices} onChange={choose} />;
}
