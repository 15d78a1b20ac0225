import { type ReactNode, useEffect } from 'react';
import { InlineAlert } from 'suomifi-ui-components';
import { call } from '../api/client';
import { boot } from '../boot';
import { LangMenu } from '../look/LangMenu';
import { useKeptFocus } from '../look/useKeptFocus';
import { useTitle } from '../look/useTitle';
import { useText } from '../text/TextProvider';
import { addressOf, go, goOut } from './go';
import { MeProvider, useMe } from './MeProvider';
import { areas, inMenu, mayUse } from './roles';
import { SessionEnd } from './SessionEnd';
import css from './staff.module.css';

interface Props {
  /** The path of this page among `areas`, or none for pages that everybody may use. */
  area?: string;
  title: string;
  /** The page fills the window and scrolls inside (the desk). */
  fixed?: boolean;
  children: ReactNode;
}

/** Every page of the staff: where one may go, who one is, and when the session ends. */
export function StaffFrame(props: Props) {
  return (
    <MeProvider>
      <Frame {...props} />
    </MeProvider>
  );
}

function Frame({ area, title, fixed = false, children }: Props) {
  const { t, lang } = useText();
  const { me } = useMe();
  const here = areas.find(({ path }) => path === area);
  const allowed = !here || mayUse(me, here);
  useKeptFocus();
  useTitle(title, boot().names[lang] ?? me.authority.name);
  useEffect(() => {
    if (me.must.length > 0 && area) go('/account');
  }, [me, area]);

  return (
    <div className={fixed ? css.fixed : css.page}>
      <a className={css.skip} href="#main">
        {t('shared.skip')}
      </a>
      <Head area={area} />
      <SessionEnd />
      <main id="main" tabIndex={-1} className={fixed ? css.fill : css.main}>
        {!me.secrecy && area?.startsWith('/desk') && <InlineAlert status="warning">{t('staff.noSecrecy')}</InlineAlert>}
        {allowed ? children : <NoRole />}
      </main>
    </div>
  );
}

/** So many areas stand beside the authority's name; more get a row of their own. */
const FEW = 2;

function Head({ area }: { area: string | undefined }) {
  const { t, lang } = useText();
  const { me } = useMe();
  const mine = areas.filter((each) => inMenu(me, each));
  const signOut = () => void goOut(() => call('post', '/api/staff/sign-out')).catch(() => go('/sign-in'));
  return (
    <header className={`${css.head} ${mine.length > FEW ? css.tall : ''}`}>
      <p className={css.authority}>
        <span>{boot().names[lang] ?? me.authority.name}</span> {me.demo && <span className={css.demo}>{t('staff.demo')}</span>}
      </p>
      <nav aria-label={t('staff.nav')}>
        <ul className={css.areas}>
          {mine.map(({ path, name }) => (
            <li key={path}>
              <a href={addressOf(path)} aria-current={path === area ? 'page' : undefined}>
                {t(name)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className={css.own}>
        <LangMenu />
        <a href={addressOf('/account')}>{me.name}</a>
        <button type="button" className={css.plain} onClick={signOut}>
          {t('staff.signOut')}
        </button>
      </div>
    </header>
  );
}

function NoRole() {
  const { t } = useText();
  return (
    <>
      <h1>{t('staff.noRole.title')}</h1>
      <p>{t('staff.noRole.text')}</p>
    </>
  );
}
