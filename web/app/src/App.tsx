import { Component, type ReactNode, Suspense } from 'react';
import { boot, chosenLang } from './boot';
import { match } from './routes';
import { TextProvider, useText } from './text/TextProvider';
import { CitizenFrame } from './look/CitizenFrame';

/** Chooses the page by the address; the texts follow who reads it. */
export function App() {
  const found = match(pathBelowBase());
  const Page = found?.route.page;
  return (
    <TextProvider audience={found?.route.audience ?? 'citizen'} initial={chosenLang()}>
      <Boundary>
        {/* The shell is white until its page is there: nothing flickers. */}
        <Suspense fallback={null}>{Page ? <Page {...found.params} /> : <NotFound />}</Suspense>
      </Boundary>
    </TextProvider>
  );
}

function pathBelowBase(): string {
  const { base } = boot();
  return location.pathname.startsWith(`${base}/`) ? location.pathname.slice(base.length) : location.pathname;
}

function NotFound() {
  const { t, lang } = useText();
  return (
    <CitizenFrame>
      <h1>{t('shared.notFound.title')}</h1>
      <p>{t('shared.notFound.text')}</p>
      <p>
        <a href={`${boot().base}/?lang=${lang}`}>{t('shared.notFound.home')}</a>
      </p>
    </CitizenFrame>
  );
}

/** An error in drawing leaves a way out instead of a white page. Nothing about it leaves the browser. */
class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useText();
  return (
    <main role="alert">
      <h1>{t('shared.broken.title')}</h1>
      <p>{t('shared.broken.text')}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('shared.broken.reload')}
      </button>
    </main>
  );
}
