package chat_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/printout"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// room is a chat in a world, with what was pushed to whom.
type room struct {
	*desktest.World
	t    *testing.T
	chat *chat.Chat

	mu     sync.Mutex
	pushed map[string][]chat.Message // by staff id, "" is the citizen
}

func rooms(t *testing.T, fn func(t *testing.T, r *room)) {
	t.Helper()
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) { fn(t, newRoom(t, w)) })
}

func newRoom(t *testing.T, w *desktest.World) *room {
	t.Helper()
	r := &room{World: w, t: t, pushed: map[string][]chat.Message{}}
	var err error
	r.chat, err = chat.New(chat.Options{
		DB: w.DB, Vault: w.Vault, Shelf: func() *notice.Shelf { return w.Shelf }, Contacts: w.Contacts, Queue: w.Queue,
		Services: w.Services, OnMessage: r.take,
		Name: func(ctx context.Context, authority, staff string) string {
			p, _ := desktest.Person(ctx, authority, staff)
			return p.Name
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Mask = chat.Mask
	w.OnPush, w.OnEnd, w.OnLine, w.OnSeen, w.OnChange = r.chat.Pushed, r.chat.Ended, r.chat.Line, r.chat.Seen, r.chat.Changed
	return r
}

func (r *room) take(d chat.Delivery) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pushed[d.Staff] = append(r.pushed[d.Staff], d.Message)
}

// got are the messages pushed to a reader since the last call, as "from text|event".
func (r *room) got(staff string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer delete(r.pushed, staff)
	return told(r.pushed[staff])
}

func told(all []chat.Message) string {
	var out []string
	for _, m := range all {
		out = append(out, strings.TrimSpace(m.From+" "+m.Text+m.Event))
	}
	return strings.Join(out, ", ")
}

func (r *room) begin(service string) contact.Citizen {
	r.t.Helper()
	b, err := r.chat.Start(r.t.Context(), "dvv", chat.Begin{Service: service, Lang: "fi", ClientID: desktest.ClientID()})
	r.ok(err)
	return r.chat.Citizen("dvv", b.Contact, b.Token)
}

func (r *room) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func write(text string) chat.Write {
	return chat.Write{ClientID: desktest.ClientID(), Text: text, Lang: "fi"}
}

// A citizen and an adviser talk; both are shown the same by push and by history, but for what is
// not for the citizen.
func TestConversationIsShownAlikeByPushAndHistory(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Guardianship)
		id := who.Contact()
		_, _, err := r.chat.Connect(ctx, who, 0)
		r.ok(err)
		r.ok(r.chat.Take(ctx, desktest.Aino, id))
		posted, err := r.chat.Post(ctx, who, write("Koodini on 010190-999W. <i>Auta</i>"))
		r.ok(err)
		if !posted.Masked {
			t.Error("the writer is not told that a code was masked")
		}
		_, err = r.chat.Reply(ctx, desktest.Aino, id, write("Hei, autan"))
		r.ok(err)
		_, err = r.chat.Note(ctx, desktest.Aino, id, write("soittaa huomenna"))
		r.ok(err)
		_, err = r.chat.Post(ctx, who, write("Kiitos"))
		r.ok(err)
		masked := "Koodini on " + chat.Marker + ". <i>Auta</i>"
		forCitizen := "event taken, citizen " + masked + ", adviser Hei, autan, event internal, citizen Kiitos"
		forStaff := "citizen " + masked + ", adviser Hei, autan, note soittaa huomenna, citizen Kiitos"
		if got := r.got(""); got != "event started, "+forCitizen {
			t.Errorf("pushed to the citizen: %s", got)
		}
		if got := r.got(desktest.Aino.ID); got != "event taken, "+forStaff {
			t.Errorf("pushed to the adviser: %s", got)
		}
		history, err := r.chat.Messages(ctx, who, 1)
		r.ok(err)
		if told(history.Messages) != forCitizen || history.Last != 6 {
			t.Errorf("the citizen's history: %s", told(history.Messages))
		}
		history, err = r.chat.History(ctx, desktest.Aino, id, 2)
		r.ok(err)
		if told(history.Messages) != forStaff {
			t.Errorf("the adviser's history: %s", told(history.Messages))
		}
		if h, err := r.chat.Messages(ctx, who, 6); err != nil || len(h.Messages) != 0 || h.Last != 6 {
			t.Errorf("after the last: %+v, %v", h, err)
		}
	})
}

// Pushed and fetched messages are equal member for member, but for the client's id, which only the
// digest is kept of.
func TestPushedMessagesEqualFetchedOnes(t *testing.T) {
	for _, service := range []string{desktest.Advice, desktest.Guardianship} {
		rooms(t, func(t *testing.T, r *room) {
			ctx := t.Context()
			who := r.begin(service)
			_, first, err := r.chat.Connect(ctx, who, 0)
			r.ok(err)
			r.ok(r.chat.Take(ctx, desktest.Aino, who.Contact()))
			_, err = r.chat.Reply(ctx, desktest.Aino, who.Contact(), chat.Write{ClientID: desktest.ClientID(), Text: "Hello", Lang: "fi"})
			r.ok(err)
			_, err = r.chat.Note(ctx, desktest.Aino, who.Contact(), write("x"))
			r.ok(err)
			posted := write("Hei")
			_, err = r.chat.Post(ctx, who, posted)
			r.ok(err)
			fetched, err := r.chat.Messages(ctx, who, first.Last)
			r.ok(err)
			pushed := slices.Clone(r.pushed[""][1:]) // the start was told with the contact
			if mine := pushed[len(pushed)-1]; mine.ClientID != posted.ClientID {
				t.Errorf("the writer's own message carries %q", mine.ClientID)
			}
			for i := range pushed {
				pushed[i].ClientID = ""
			}
			if fmt.Sprint(pushed) != fmt.Sprint(fetched.Messages) {
				t.Errorf("%s: pushed\n%v\nfetched\n%v", service, pushed, fetched.Messages)
			}
			if pushed[1].Name != "Aino" {
				t.Errorf("the adviser is shown as %q", pushed[1].Name)
			}
			view, err := r.chat.View(ctx, desktest.Aino, who.Contact())
			r.ok(err)
			forStaff := r.pushed[desktest.Aino.ID]
			for i := range forStaff {
				if forStaff[i].ClientID != "" && forStaff[i].From == "citizen" {
					t.Error("an adviser is given the citizen's client id")
				}
				forStaff[i].ClientID = ""
			}
			if got := view.Messages[1:]; fmt.Sprint(got) != fmt.Sprint(forStaff) {
				t.Errorf("%s: pushed to the adviser\n%v\nviewed\n%v", service, forStaff, got)
			}
		})
	}
}

// A line keeps its language where the notice declares language, and only there (S3-13).
func TestLanguageOfMessages(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		for service, want := range map[string]string{desktest.Advice: "sv", desktest.Guardianship: "fi"} {
			who := r.begin(service)
			_, err := r.chat.Post(t.Context(), who, chat.Write{ClientID: desktest.ClientID(), Text: "Hej", Lang: "sv"})
			r.ok(err)
			h, err := r.chat.Messages(t.Context(), who, 1)
			r.ok(err)
			if got := h.Messages[0].Lang; got != want {
				t.Errorf("%s: %q, want %q", service, got, want)
			}
		}
	})
}

// The state follows the contact: place in the queue, adviser, warning, reference code at the end.
func TestStateFollowsTheContact(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		first := r.begin(desktest.Advice)
		who := r.begin(desktest.Advice)
		state := func() chat.State {
			t.Helper()
			s, err := r.chat.State(ctx, who)
			r.ok(err)
			return s
		}
		if s := state(); s.Status != "waiting" || s.Position != 2 || s.EstimateMinutes != 0 || s.Reference != "" {
			t.Errorf("waiting: %+v", s)
		}
		r.ok(r.chat.Take(ctx, desktest.Aino, first.Contact()))
		if s := state(); s.Position != 1 {
			t.Errorf("still at %d", s.Position)
		}
		r.ok(r.chat.Take(ctx, desktest.Aino, who.Contact()))
		if s := state(); s.Status != "active" || s.Adviser == nil || s.Adviser.Name != "Aino" || !s.AdviserPresent || s.Position != 0 {
			t.Errorf("active: %+v", s)
		}
		_, err := r.chat.Reply(ctx, desktest.Aino, who.Contact(), write("Hei"))
		r.ok(err)
		r.ok(r.chat.StaffSeen(ctx, desktest.Aino, who.Contact(), 2))
		r.Clock.Advance(10 * time.Minute)
		r.ok(r.Queue.Beat(ctx, "dvv", []string{desktest.Aino.ID}))
		r.ok(r.Contacts.Sweep(ctx))
		now := r.Clock.Now().UnixMilli()
		if s := state(); s.IdleWarningAt != now || s.IdleCloseAt != now+300_000 || s.SeenByAdviser != 2 {
			t.Errorf("warned: %+v", s)
		}
		r.ok(r.chat.End(ctx, who))
		s := state()
		if _, err := contact.ParseReference(s.Reference); err != nil || s.ClosedReason != "citizen" || s.ReopenUntil != now+3_600_000 {
			t.Errorf("closed: %+v", s)
		}
		if again := state(); again.Reference != s.Reference {
			t.Error("the reference code changes")
		}
	})
}

// What an adviser may do is told with the contact.
func TestActions(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		who := r.begin(desktest.Advice)
		id := who.Contact()
		r.ok(r.chat.Take(ctx, desktest.Aino, id))
		actions := func() string {
			t.Helper()
			v, err := r.chat.View(ctx, desktest.Aino, id)
			r.ok(err)
			return strings.Join(v.Actions, " ")
		}
		if got := actions(); got != "reply note pass close end_abusive" {
			t.Error(got)
		}
		r.ok(r.chat.End(ctx, who))
		if got := actions(); got != "note close reopen" {
			t.Error(got)
		}
		r.ok(r.chat.Close(ctx, desktest.Aino, id, "moving", "answered"))
		if got := actions(); got != "note close reopen" { // it stays the citizen's close
			t.Error(got)
		}
		until := func() (int64, int64) {
			t.Helper()
			v, err := r.chat.View(ctx, desktest.Aino, id)
			r.ok(err)
			s, err := r.chat.State(ctx, who)
			r.ok(err)
			return v.ReopenUntil, s.ReopenUntil
		}
		hour := r.Clock.Now().Add(time.Hour).UnixMilli()
		if a, b := until(); a != hour || b != hour {
			t.Errorf("%d, %d, want %d", a, b, hour)
		}
		r.ok(r.chat.Reopen(ctx, desktest.Aino, id))
		r.ok(r.chat.EndAbusive(ctx, desktest.Aino, id))
		if got := actions(); got != "note" {
			t.Error(got)
		}
		if a, b := until(); a != 0 || b != 0 {
			t.Errorf("an hour of reopening is told where there is none: %d, %d", a, b)
		}
	})
}

// Two services with different fields run on the same code: each asks exactly what its notice declares.
func TestServicesAskWhatTheirNoticesDeclare(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		all, err := r.chat.Offerings(t.Context(), "dvv")
		r.ok(err)
		got := map[string]string{}
		for _, o := range all {
			var ids []string
			for _, f := range o.Fields {
				ids = append(ids, f.ID)
			}
			got[o.Service.ID] = strings.Join(ids, " ")
			if !o.Opening.Open {
				t.Errorf("%s is closed at noon", o.Service.ID)
			}
		}
		if fmt.Sprint(got) != "map[citizens-advice:email phone name guardianship-chat:]" {
			t.Error(got)
		}
	})
}

// The channel's offer and the bundled notices fit each other, but for paper, which another channel makes.
func TestBundledNoticesFitTheOffer(t *testing.T) {
	rooms(t, func(t *testing.T, r *room) {
		for _, n := range r.Shelf.All("dvv") {
			if !slices.Contains(n.Channels, chat.Channel) {
				continue
			}
			if problems := notice.CheckAgainst(n, []notice.Offer{chat.Offer(), printout.Offer()}); problems.Err() != nil {
				t.Error(problems.Err())
			}
		}
	})
}
