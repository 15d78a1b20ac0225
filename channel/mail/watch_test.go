package mail_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"luukku/channel/mail"
	"luukku/core/notice"
	"luukku/desk/desktest"
	"luukku/desk/outbox"
)

// kinds are the alarms that stand after a look.
func (o *office) kinds(w *mail.Watch) (kinds []string) {
	o.t.Helper()
	_, err := w.Look(context.Background(), []string{"dvv", "mallila"})
	o.ok(err)
	for _, a := range w.Alarms() {
		kinds = append(kinds, a.Authority+" "+a.Kind)
	}
	return kinds
}

// Mail that does not go out is told of hours before it is given up: at once where the server bars the program,
// after an hour where nobody takes it, also without a server.
func TestMailThatDoesNotGoOutIsToldOf(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		none := &mail.Watch{Waiting: o.Outbox.Waiting, Now: o.Clock.Now}
		some := &mail.Watch{Mail: o.mail, Waiting: o.Outbox.Waiting, Now: o.Clock.Now}
		begun := o.Clock.Now()
		o.talked()
		if got := o.kinds(none); len(got) > 0 {
			t.Errorf("at once: %v", got)
		}
		o.peer.will(func(p *peer) { p.answer = 535 })
		o.next()
		if got := fmt.Sprint(o.kinds(some)); got != "[ mail-barred]" {
			t.Errorf("barred: %s", got)
		}
		o.Clock.Advance(time.Hour)
		if raised, err := some.Look(t.Context(), []string{"dvv"}); err != nil || len(raised) != 1 || raised[0].Kind != mail.AlarmWaits || raised[0].Since.Sub(begun).Abs() > time.Minute {
			t.Errorf("an hour later: %v, %v", raised, err)
		}
		if a := some.Alarms()[0]; a.Kind != mail.AlarmBarred || a.Since.Sub(begun).Abs() > time.Minute {
			t.Errorf("barred since %v", a.Since)
		}
		if got := fmt.Sprint(o.kinds(none)); got != "[dvv mail-waits]" {
			t.Errorf("without a server: %s", got)
		}
		if raised, err := some.Look(t.Context(), []string{"dvv"}); err != nil || len(raised) != 0 {
			t.Errorf("raised again: %v, %v", raised, err)
		}
		o.peer.will(func(p *peer) { p.answer = 0 })
		o.next()
		if got := append(o.kinds(some), o.kinds(none)...); len(got) > 0 {
			t.Errorf("mended: %v", got)
		}
	})
}

// Where no server is set any more nobody tries what waits: it is given up, with its address, like the rest.
func TestMailThatNobodyTriesIsGivenUp(t *testing.T) {
	offices(t, mail.StartTLS, func(t *testing.T, o *office) {
		of, _ := o.talked()
		m := o.claimed()
		o.Clock.Advance(29 * time.Hour)
		_, err := o.Outbox.Sweep(t.Context(), "dvv")
		o.ok(err)
		o.wants(of, outbox.Waiting, "")
		o.Clock.Advance(2 * time.Hour)
		_, err = o.Outbox.Sweep(t.Context(), "dvv")
		o.ok(err)
		o.wants(of, outbox.GivenUp, outbox.Unreachable)
		if _, err := o.opens(m); err == nil {
			t.Error("the address of a mail that was given up opens")
		}
		day := notice.DayOf(desktest.Noon, time.UTC)
		if counts, err := o.Outbox.Counts(t.Context(), "dvv", day, day.AddDays(3)); err != nil || total(counts) != 1 {
			t.Errorf("counted %v, %v", counts, err)
		}
	})
}
