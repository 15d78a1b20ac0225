import { Conversation } from '../chat/conversation';
import { canKeep, loadSaved, type Saved } from '../chat/saved';
import embed from '../embed/embed.module.css';
import { isEmbedded, listen, tell } from '../embed/page';
import frame from '../look/frame.module.css';
import { rememberInAddress } from '../text/address';
import { type Begun, StartForm } from './form';
import { prefetch, start, still, underWay, watchHands } from './front';
import { goTo, placeIn } from './handover';
import { type Page, pageOf } from './page';
import { View } from './view';

/** Before it is drawn, this long, in ms, nobody may have written. */
const PAUSE = 300;

/** The first steps of a chat: the server's start form made live, then what it takes to write at once. */
export class First {
  private page: Page = pageOf();
  private form: StartForm | undefined;
  private view: View | undefined;
  private inTime: () => void = () => undefined;
  private readonly unlisten = isEmbedded() ? listen() : () => ({ origin: null, shown: null });

  constructor(private readonly root: HTMLElement) {
    watchHands();
    rememberInAddress(this.page.lang);
    this.wireLanguages();
    const saved = loadSaved(this.page.data.id);
    if (saved) {
      this.go(saved, saved);
      return;
    }
    tell({ kept: false, unread: 0 });
    this.wireForm();
    const { form } = this;
    if (form) void prefetch(this.page, () => form.busy, () => this.view !== undefined);
  }

  private get main() {
    return this.root.querySelector<HTMLElement>(`.${frame.main}, .${embed.main}`) ?? this.root;
  }

  private wireForm() {
    const form = this.root.querySelector<HTMLFormElement>('#start');
    if (!form) return;
    if (this.form) this.form.move(form, this.page);
    else this.form = new StartForm(form, this.page, (begun, carried) => this.begun(begun, carried));
  }

  private begun({ contact, token, state }: Begun, carried: string) {
    const conversation = this.go({ contact, token }, { state });
    if (carried !== '') conversation.write(carried);
    void still(() => underWay(conversation.snapshot().thread.pending)).then(() => this.fetchWhole());
  }

  /** From here on there is a conversation. The whole front end takes over the same one, not a copy. */
  private go(access: Pick<Saved, 'contact' | 'token'>, known: Partial<Saved> & Partial<Begun>) {
    const conversation = new Conversation(this.page.data.id, { contact: access.contact, token: access.token }, known);
    const view = (this.view = new View(this.main, this.page, conversation));
    conversation.start();
    window.luukkuFirst = {
      conversation,
      service: this.page.data.service,
      quiet: () => still(() => !view.free || underWay(conversation.snapshot().thread.pending), PAUSE),
      leave: () => this.leave(view),
      missing: () => this.missing(),
    };
    if (!known.state) this.fetchWhole();
    return conversation;
  }

  private fetchWhole() {
    this.inTime = start(this.page, (forGood) => this.view?.tellLate(forGood));
  }

  private missing() {
    this.inTime();
    this.view?.tellLate(true);
  }

  private leave(view: View) {
    this.inTime();
    const place = placeIn(this.root);
    view.stop();
    const heard = this.unlisten();
    this.root.remove();
    return { place, heard };
  }

  /** Another language comes in place: nothing that was filled in or written is lost. */
  private wireLanguages() {
    for (const link of this.root.querySelectorAll<HTMLAnchorElement>('nav a[hreflang]'))
      link.addEventListener('click', (event) => {
        if (!this.form && !this.view) return;
        event.preventDefault();
        void this.speak(link.href).catch(() => (!this.view || canKeep()) && location.assign(link.href));
      });
  }

  private async speak(href: string) {
    const answer = await fetch(href);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [root, data] = [fresh.getElementById('first'), fresh.getElementById('first-data')];
    if (!answer.ok || !root || !data) throw new Error('another page');
    const place = placeIn(this.root);
    document.getElementById('first-data')?.replaceWith(data);
    this.root.replaceChildren(...root.childNodes);
    document.title = fresh.title;
    this.page = pageOf(fresh.documentElement.lang);
    rememberInAddress(this.page.lang);
    this.wireLanguages();
    if (this.view) this.view.move(this.main, this.page);
    else this.wireForm();
    if (place) goTo(place, this.root);
  }
}
