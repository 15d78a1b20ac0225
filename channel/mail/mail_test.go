package mail_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/channel/mail"
	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/outbox"
	"luukku/fault"
	"luukku/store"
	"luukku/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// office is a chat whose transcripts are mailed to a server of the test.
type office struct {
	*desktest.World
	t    *testing.T
	chat *chat.Chat
	mail *mail.Mail
	peer *peer
	log  bytes.Buffer
	done notes
	// write changes a letter before it is sent; nil leaves it.
	write func(mail.Letter) mail.Letter
}

func offices(t *testing.T, secure mail.Security, fn func(t *testing.T, o *office)) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		o := &office{World: w, t: t, peer: newPeer(t, secure)}
		w.OnMailed = o.done.add
		w.Mask = chat.Mask
		var err error
		if o.chat, err = chat.New(chat.Options{DB: w.DB, Vault: w.Vault, Shelf: func() *notice.Shelf { return w.Shelf },
			Contacts: w.Contacts, Queue: w.Queue, Services: w.Services, Outbox: w.Outbox, Sender: domain}); err != nil {
			t.Fatal(err)
		}
		o.mail = o.sender(o.peer.server())
		fn(t, o)
	})
}

// notes are written by every worker.
type notes struct {
	mu  sync.Mutex
	all []string
}

func (n *notes) add(id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, id)
}

func domain(authority string) string {
	return map[string]string{"dvv": "dvv.example.fi"}[authority]
}

func (o *office) sender(s mail.Server) *mail.Mail {
	o.t.Helper()
	m, err := mail.New(mail.Options{Outbox: o.Outbox, Server: s, Log: slog.New(slog.NewTextHandler(&o.log, nil)),
		Sender: func(string) string { return "Chat <chat@dvv.example.fi>" },
		Compose: func(ctx context.Context, m outbox.Mail) (mail.Letter, error) {
			t, err := o.chat.Transcript(ctx, m)
			var said []string
			for _, line := range t.Messages {
				said = append(said, line.Text)
			}
			l := mail.Letter{To: t.Address, Lang: t.Lang, Subject: "Keskusteluhistoria", Text: strings.Join(said, "\n"), HTML: "<p>" + strings.Join(said, "<br>") + "</p>"}
			if o.write != nil {
				l = o.write(l)
			}
			return l, err
		}})
	if err != nil {
		o.t.Fatal(err)
	}
	return m
}

const typed = "maija.testi@example.fi"

// talked is a contact in which both have said something, with the transcript ordered.
func (o *office) talked() (contact.Contact, contact.Citizen) {
	o.t.Helper()
	of, who := o.Taken(desktest.Guardianship)
	_, err := o.Contacts.Post(context.Background(), who, contact.Draft{ClientID: desktest.ClientID(), Text: "Miten vuositili täytetään?", Lang: "fi"})
	o.ok(err)
	_, err = o.chat.Note(context.Background(), desktest.Aino, of.ID, chat.Write{ClientID: desktest.ClientID(), Text: "Salainen muistiinpano", Lang: "fi"})
	o.ok(err)
	o.ok(o.chat.OrderTranscript(context.Background(), who, typed))
	return of, who
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) next() bool { return o.mail.Next(context.Background()) }

func (o *office) state(of contact.Contact) (l outbox.Latest) {
	o.t.Helper()
	o.Read(func(ctx context.Context, tx *store.Tx) (err error) {
		l, _, err = o.Outbox.Latest(ctx, tx, "dvv", of.ID)
		return err
	})
	return l
}

func (o *office) wants(of contact.Contact, state outbox.State, reason string) {
	o.t.Helper()
	if l := o.state(of); l.State != state || l.Reason != reason {
		o.t.Fatalf("the order is %+v, want %s %s", l, state, reason)
	}
}

// claimed takes the mail without sending it, an hour later for those that belong to somebody.
func (o *office) claimed() outbox.Mail {
	o.t.Helper()
	m, ok, err := o.Outbox.Claim(context.Background())
	if err != nil || !ok {
		o.t.Fatal("nothing to claim:", err)
	}
	return m
}

// opens tries to open an address as the program does.
func (o *office) opens(m outbox.Mail) (string, error) {
	var opened *vault.Opened
	err := o.DB.Write(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
		caller := access.Caller{Authority: "dvv", Kind: access.Program, ID: "mail"}
		opened, err = o.Vault.Open(ctx, tx, caller, "transcript", m.Address, vault.Why{})
		return err
	})
	if err != nil {
		return "", err
	}
	text, _ := opened.Text(outbox.Field)
	return text, nil
}

// S4-9: the transcript goes to the address that the citizen gave, with what the citizen may see; each
// opening is recorded; afterwards the address opens nowhere, and its key goes with the next turn.
func TestATranscriptIsSentAndItsAddressEnds(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		of, _ := o.talked()
		m := o.claimed()
		if address, err := o.opens(m); err != nil || address != typed {
			t.Fatal("the address does not open before:", address, err)
		}
		o.Clock.Advance(10 * time.Minute)
		if !o.next() || o.next() {
			t.Fatal("there is one mail to send, not more")
		}
		o.wants(of, outbox.Sent, "")
		got := o.peer.single(t)
		if got.from != "chat@dvv.example.fi" || got.to != typed || !got.secure {
			t.Errorf("%s to %s, encrypted %t", got.from, got.to, got.secure)
		}
		parts := got.parts(t)
		for _, part := range parts {
			if !strings.Contains(part, "Miten vuositili täytetään?") || strings.Contains(part, "muistiinpano") {
				t.Errorf("the part says %q", part)
			}
		}
		if id := got.header(t).Get("Message-ID"); id != "<"+m.MessageID+">" || len(parts) != 2 {
			t.Errorf("%s, %d parts", id, len(parts))
		}
		if _, err := o.opens(m); !fault.Is(err, fault.Gone) && !fault.Is(err, fault.NotFound) {
			t.Error("the address opens after the mail was sent:", err)
		}
		turned, err := o.Vault.TurnEvents(context.Background(), "dvv")
		if err != nil || len(turned.Buckets) != 1 {
			t.Error("the address's key was not dropped:", turned, err)
		}
		if entries := o.Entries(of.ID); !slices.Contains(entries, "open mail transcript ok") && !slices.Contains(entries, "open mail transcript allowed") {
			t.Errorf("the reading is not recorded: %q", entries)
		}
		if len(o.done.all) != 1 || o.done.all[0] != of.ID {
			t.Errorf("told of %v", o.done.all)
		}
		if strings.Contains(o.log.String(), "maija") || strings.Contains(o.log.String(), "vuositili") {
			t.Error("the log tells of the mail")
		}
	})
}

// A program that dies between the server's yes and our note of it: the mail is sent once more, under the
// same Message-ID, when its lease is over, and not by another program before.
func TestAMailIsRepeatedOnceAfterACrash(t *testing.T) {
	offices(t, mail.Implicit, func(t *testing.T, o *office) {
		of, _ := o.talked()
		dying, die := context.WithCancel(context.Background())
		o.peer.will(func(p *peer) { p.after = die })
		crash := o.sender(o.peer.server())
		crash.Crash(dying)
		if o.next() {
			t.Fatal("a mail that belongs to somebody was claimed again")
		}
		o.wants(of, outbox.Waiting, "")
		o.Clock.Advance(6 * time.Minute)
		o.peer.will(func(p *peer) { p.after = nil })
		if !o.next() {
			t.Fatal("the mail was not tried again")
		}
		o.wants(of, outbox.Sent, "")
		o.Clock.Advance(24 * time.Hour)
		if o.next() || len(o.peer.got()) != 2 {
			t.Fatalf("%d mails", len(o.peer.got()))
		}
		all := o.peer.got()
		if a, b := all[0].header(t).Get("Message-ID"), all[1].header(t).Get("Message-ID"); a != b || a == "" {
			t.Errorf("two Message-IDs: %s %s", a, b)
		}
	})
}

// 5xx is given up at once, 4xx and a server that is gone are tried for a day.
func TestAMailThatIsNotTakenIsGivenUp(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		o.peer.will(func(p *peer) { p.answer = 550 })
		of, who := o.talked()
		m := o.claimed()
		o.Clock.Advance(10 * time.Minute)
		o.next()
		o.wants(of, outbox.GivenUp, outbox.Refused)
		if _, err := o.opens(m); err == nil {
			t.Error("the address of a refused mail opens")
		}
		o.peer.will(func(p *peer) { p.answer = 451 })
		o.ok(o.chat.OrderTranscript(context.Background(), who, typed))
		tries := 0
		for range 200 {
			if o.next() {
				tries++
			}
			if o.state(of).State != outbox.Waiting {
				break
			}
			o.Clock.Advance(10 * time.Minute)
		}
		o.wants(of, outbox.GivenUp, outbox.Unreachable)
		if tries < 8 || tries > 20 {
			t.Errorf("tried %d times in a day", tries)
		}
		day := notice.DayOf(desktest.Noon, time.UTC)
		counts, err := o.Outbox.Counts(context.Background(), "dvv", day, day.AddDays(2))
		if n := total(counts); err != nil || n != 2 {
			t.Errorf("counted %v %v", counts, err)
		}
	})
}

func total(counts []outbox.Count) (n int64) {
	for _, c := range counts {
		if c.Outcome == outbox.GivenUp {
			n += c.N
		}
	}
	return n
}

// A server that is not there, one that is too slow and one whose certificate nobody vouches for get no mail.
func TestAServerThatCannotBeTrustedOrReachedGetsNothing(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		of, _ := o.talked()
		gone, slow, foreign, bare := o.peer.server(), o.peer.server(), o.peer.server(), newPeer(t, mail.Plain).server()
		gone.Port = 1
		slow.Timeout = 300 * time.Millisecond
		foreign.TLS = nil
		bare.Security = mail.StartTLS
		o.peer.will(func(p *peer) { p.wait = time.Second })
		for _, s := range []mail.Server{gone, slow, foreign, bare} {
			if !o.sender(s).Next(context.Background()) {
				t.Fatal("nothing was tried")
			}
			o.wants(of, outbox.Waiting, "")
			o.Clock.Advance(5 * time.Hour)
		}
		o.peer.will(func(p *peer) { p.wait = 0 })
		o.next()
		o.wants(of, outbox.Sent, "")
	})
}

// What has been erased is not sent: neither the conversation nor an address that has come to its cap.
func TestWhatHasEndedIsNotSent(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		of, _ := o.talked()
		o.Clock.Advance(4 * 24 * time.Hour) // the cap in the notice is three days
		o.next()
		o.wants(of, outbox.GivenUp, outbox.Nothing)
		if len(o.peer.got()) != 0 {
			t.Error("an address was used after its cap")
		}
	})
}

func TestAnOrderIsLimited(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		ctx := context.Background()
		_, who := o.talked()
		desktest.Fails(t, o.chat.OrderTranscript(ctx, who, typed), fault.Conflict, "transcript-waiting")
		for range outbox.PerContact - 1 {
			o.next()
			o.ok(o.chat.OrderTranscript(ctx, who, typed))
		}
		o.next()
		desktest.Fails(t, o.chat.OrderTranscript(ctx, who, typed), fault.Conflict, "transcript-limit")
		desktest.Fails(t, o.chat.OrderTranscript(ctx, contact.Claim("dvv", who.Contact(), "forged"), typed), fault.NotFound, "contact-not-found")
		desktest.Fails(t, o.chat.OrderTranscript(ctx, who, "a@example.fi\r\nBcc: b@example.fi"), fault.Invalid, "email-form")
		desktest.Fails(t, o.chat.OrderTranscript(ctx, who, "131052-308T@example.fi"), fault.Invalid, "email-holds-code")
		_, other := o.Taken(desktest.Advice) // its notice keeps no address
		desktest.Fails(t, o.chat.OrderTranscript(ctx, other, typed), fault.Conflict, "transcript-not-offered")
		_, alone := o.Start(desktest.Guardianship, nil) // what one writes to oneself is not mailed in the authority's name
		_, err := o.Contacts.Post(ctx, alone, contact.Draft{ClientID: desktest.ClientID(), Text: "Maksa tästä: https://example.com", Lang: "fi"})
		o.ok(err)
		desktest.Fails(t, o.chat.OrderTranscript(ctx, alone, typed), fault.Conflict, "transcript-unanswered")
		o.ok(o.Contacts.End(ctx, alone))
		desktest.Fails(t, o.chat.OrderTranscript(ctx, alone, typed), fault.Conflict, "transcript-unanswered")
		o.Clock.Advance(49 * time.Hour)
		if n, err := o.Outbox.Sweep(ctx, "dvv"); n != outbox.PerContact || err != nil {
			t.Error("forgotten:", n, err)
		}
	})
}

// header and parts read a mail as a mail program does.
func (r received) header(t *testing.T) netmail.Header {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(r.data))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header
}

func (r received) parts(t *testing.T) (out []string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(r.data))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
}
