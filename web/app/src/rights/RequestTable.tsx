import type { ReactNode } from 'react';
import type { RightsRequest } from '../api/shapes';
import type { Act } from '../api/useAct';
import { Failure } from '../look/Failure';
import page from '../look/page.module.css';
import { TableBox } from '../look/TableBox';
import css from '../staff/staff.module.css';
import { useText } from '../text/TextProvider';
import own from './rights.module.css';
import { useRequestWords } from './requests';

interface Props {
  requests: readonly RightsRequest[];
  /** What can be done with one. */
  actions: (request: RightsRequest) => ReactNode;
  /** Shows more of them; null when these are all. */
  more: (() => void) | null;
  /** Of showing more. */
  act: Act;
}

const COLUMNS = ['due', 'received', 'register', 'status', 'ends', 'actions'] as const;

/** Who waits for an answer, the one to answer first at the top. */
export function RequestTable({ requests, actions, more, act }: Props) {
  const { t } = useText();
  return (
    <>
      <TableBox caption={t(more ? 'rights.captionMore' : 'rights.caption', { n: requests.length })}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`rights.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <Row key={request.id} request={request} actions={actions(request)} />
          ))}
        </tbody>
      </TableBox>
      <Failure problem={act.problem} />
      {more && (
        <div>
          <button type="button" className={page.act} aria-disabled={act.busy} onClick={more}>
            {t('rights.more')}
          </button>
        </div>
      )}
    </>
  );
}

function Row({ request, actions }: { request: RightsRequest; actions: ReactNode }) {
  const { t } = useText();
  const words = useRequestWords();
  const { status, due, extended, ends, outcome } = request;
  const answered = status === 'closed';
  return (
    <tr>
      <th scope="row">
        {words.day(due)}
        {!answered && <div className={request.warning === 'late' ? own.warning : css.muted}>{words.left(request)}</div>}
        {extended && <div className={css.muted}>{t('rights.extended')}</div>}
      </th>
      <td>{words.arrived(request)}</td>
      <td>{request.register_name}</td>
      <td>
        {t(`rights.status.${status}`)}
        {outcome && <div className={css.muted}>{t(`rights.answer.outcomes.${outcome}`)}</div>}
        {request.link && <div className={css.muted}>{words.link(request)}</div>}
      </td>
      <td>
        {ends ? words.day(ends) : t('staff.none')}
        {request.warning === 'expiring' && <div className={own.warning}>{words.warning(request)}</div>}
      </td>
      <td>{actions}</td>
    </tr>
  );
}
