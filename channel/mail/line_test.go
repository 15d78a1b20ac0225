package mail_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"luukku/channel/mail"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/outbox"
)

// orders has n citizens order their transcripts, to address 0, 1, 2 … of the test.
func (o *office) orders(n int) (all []contact.Contact) {
	o.t.Helper()
	for i := range n {
		of, who := o.Taken(desktest.Guardianship)
		o.ok(o.chat.OrderTranscript(context.Background(), who, box(i)))
		all = append(all, of)
	}
	return all
}

func box(i int) string { return fmt.Sprintf("box%d@example.fi", i) }

// run drains the outbox until nothing waits in it.
func (o *office) run(all []contact.Contact) {
	o.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { o.mail.Run(ctx); close(ended) }()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if !slices.ContainsFunc(all, func(of contact.Contact) bool { return o.state(of).State == outbox.Waiting }) {
			break
		}
	}
	stop()
	<-ended
}

// eachOnce demands one mail for each address but those that are left out.
func (o *office) eachOnce(n int, but ...int) {
	o.t.Helper()
	came := map[string]int{}
	for _, m := range o.peer.got() {
		came[m.to]++
	}
	for i := range n {
		want := 1
		if slices.Contains(but, i) {
			want = 0
		}
		if came[box(i)] != want {
			o.t.Errorf("%s got %d mails, want %d", box(i), came[box(i)], want)
		}
	}
}

// A line carries many mails; one that is refused on the way is given up and costs the others nothing.
func TestMailsShareALine(t *testing.T) {
	for stage, refuse := range map[string]plan{"rcpt": {answer: 550, stage: "rcpt", only: box(3)}, "end": {answer: 554, only: box(3)}} {
		t.Run(stage, func(t *testing.T) {
			offices(t, mail.StartTLS, func(t *testing.T, o *office) {
				o.peer.will(func(p *peer) { p.plan = refuse })
				all := o.orders(24)
				o.run(all)
				o.eachOnce(24, 3)
				o.wants(all[3], outbox.GivenUp, outbox.Refused)
				if n := len(o.peer.lines); n > 4 {
					t.Errorf("%d lines for 24 mails", n)
				}
			})
		})
	}
}

// A server that ends a line after two mails gets the third over a new one: none is lost, none comes twice,
// and none has to wait for its next attempt.
func TestALineThatTheServerEndsLosesNothing(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		o.peer.will(func(p *peer) { p.most = 2 })
		all := o.orders(16)
		o.run(all)
		o.eachOnce(16)
		for _, of := range all {
			o.wants(of, outbox.Sent, "")
		}
	})
}

// What the server says at each stage: 5xx about a mail or its address ends it, 4xx and a line that ends let it
// wait; so does a 5xx about us, of which the administrator is told until a mail goes through.
func TestEachStageMayRefuse(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		for _, stage := range []string{"mail", "rcpt", ""} {
			for _, code := range []int{421, 450, 452, 550, 552, 554} {
				o.peer.will(func(p *peer) { p.answer, p.stage = code, stage })
				of := o.orders(1)[0]
				o.next()
				ours := stage == "mail" && (code == 550 || code == 554) || stage == "rcpt" && code == 554
				want := outbox.Waiting
				if code >= 500 && !ours {
					want = outbox.GivenUp
				}
				if got := o.mail.Trouble(); (got != nil) != ours || ours && got.Status != strconv.Itoa(code) {
					t.Errorf("%d at %q: the administrator is told %+v", code, stage, got)
				}
				if got := o.state(of); got.State != want {
					t.Errorf("%d at %q: %+v, want %s", code, stage, got, want)
				}
				o.peer.will(func(p *peer) { p.answer = 0 })
				o.Clock.Advance(6 * time.Minute)
				for o.next() {
				}
				if got := o.state(of); want == outbox.Waiting && (got.State != outbox.Sent || o.mail.Trouble() != nil) {
					t.Errorf("after %d at %q: %+v, %v", code, stage, got, o.mail.Trouble())
				}
			}
		}
		if strings.Contains(o.log.String(), "example.fi") {
			t.Error("the log repeats an address that the server named")
		}
	})
}

// Nothing that comes afterwards brings an address back: a mail that was taken stays sent, whatever is
// said of it later, and its address opens nowhere.
func TestAnAddressDoesNotComeBack(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		of := o.orders(1)[0]
		m := o.claimed()
		o.ok(o.Outbox.Sent(context.Background(), m))
		o.ok(o.Outbox.GiveUp(context.Background(), m, outbox.Refused))
		if given, err := o.Outbox.Postpone(context.Background(), m); given || err != nil {
			t.Error("postponed:", given, err)
		}
		o.ok(o.Outbox.Sent(context.Background(), m))
		o.wants(of, outbox.Sent, "")
		o.Clock.Advance(time.Hour)
		if _, err := o.opens(m); err == nil || o.next() {
			t.Error("the address is there again")
		}
		day := desktest.Noon.Format("2006-01-02")
		counts, err := o.Outbox.Counts(context.Background(), "dvv", "2026-11-23", "2026-11-24")
		if err != nil || len(counts) != 1 || string(counts[0].Day) != day || counts[0].N != 1 {
			t.Errorf("counted %v %v", counts, err)
		}
	})
}

// What stands in a header comes from an administrator's texts and from citizens: a line break in it makes
// no header of its own and no recipient.
func TestNothingIsSmuggledIntoAHeader(t *testing.T) {
	const evil = "Chat\r\nBcc: eve@example.fi\r\n\r\nHei"
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		o.orders(1)
		o.write = func(l mail.Letter) mail.Letter {
			l.Subject, l.Lang, l.Text = evil, "fi\r\nX-Evil: 1", "."+evil+"\r\n.\r\nMAIL FROM:<eve@example.fi>"
			return l
		}
		o.next()
		got := o.peer.single(t)
		for _, name := range []string{"Bcc", "X-Evil"} {
			if value := got.header(t).Get(name); value != "" {
				t.Errorf("a header %s: %s", name, value)
			}
		}
		if got.to != box(0) || !strings.Contains(got.parts(t)[0], "MAIL FROM:<eve") {
			t.Errorf("to %s: %q", got.to, got.parts(t)[0])
		}
	})
}

// A server that answers each word slowly is not waited for longer than one mail may take.
func TestAServerThatTricklesHoldsNobody(t *testing.T) {
	offices(t, mail.Plain, func(t *testing.T, o *office) {
		of := o.orders(1)[0]
		s := o.peer.server()
		s.Port, s.Timeout = trickle(t), 2*time.Second
		began := time.Now()
		o.sender(s).Next(context.Background())
		if took := time.Since(began); took > 3*s.Timeout { // all its answers take longer
			t.Errorf("it took %s", took)
		}
		o.wants(of, outbox.Waiting, "")
	})
}
