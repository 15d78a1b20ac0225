package vault

import (
	"bytes"
	"context"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"luukku/store"
)

const secret = "Maija Meikäläinen 131052-308T"

// holders are the ways in which something opened ends up in a log line.
func holders(o *Opened) map[string]any {
	type nested struct{ Line any }
	type hidden struct{ opened *Opened }
	type byValue struct{ Opened Opened }
	type hiddenByValue struct{ opened Opened }
	return map[string]any{
		"pointer": o, "value": *o, "slice": []*Opened{o}, "values": []Opened{*o}, "map": map[string]*Opened{"o": o},
		"nested": nested{o}, "nested twice": nested{nested{o}}, "hidden": hidden{o}, "by value": byValue{*o},
		"hidden by value": hiddenByValue{*o}, "pointer to nested": &nested{o}, "pointer to pointer": &o,
		"pushed": Pushed{Opened: o}, "error": fmt.Errorf("about %v", o),
	}
}

// printings are the ways in which something becomes text.
func printings(x any) map[string]string {
	out := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p"} {
		out[verb] = fmt.Sprintf(verb, x)
	}
	out["Sprint"], out["Sprintln"] = fmt.Sprint(x), fmt.Sprintln(x)
	js, _ := json.Marshal(x)
	out["json"] = string(js)
	xm, _ := xml.Marshal(x)
	out["xml"] = string(xm)
	var g bytes.Buffer
	_ = gob.NewEncoder(&g).Encode(x)
	out["gob"] = g.String()
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"slog text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"slog json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b bytes.Buffer
		log := slog.New(handler(&b))
		log.Info("opened", "it", x, slog.Group("group", "it", x))
		log.With("it", x).Info("opened")
		out[name] = b.String()
	}
	if m, ok := x.(encoding.TextMarshaler); ok {
		text, _ := m.MarshalText()
		out["text"] = string(text)
	}
	return out
}

func leaks(text string) bool {
	for _, part := range []string{"Maija", "131052", fmt.Sprintf("%x", "Maija"), fmt.Sprintf("%X", "Maija"), "77 97 105"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func openedOf(fields ...field) *Opened {
	return newOpened(plain{outcome: &store.Outcome{}, record: "r_1", row: "c_1/1", fields: fields, raw: []byte(secret)})
}

// Design: opened fields redact themselves when logged, also when nested.
func TestOpenedShowsItselfNowhere(t *testing.T) {
	o := openedOf(field{"text", []byte(secret)})
	for where, x := range holders(o) {
		for how, text := range printings(x) {
			if leaks(text) {
				t.Errorf("%s printed with %s: %s", where, how, text)
			}
		}
	}
	if s := fmt.Sprint(o); s != placeholder {
		t.Error("prints", s)
	}
}

// The control: the same tests see a leak in a struct that hides nothing.
func TestLeaksAreSeen(t *testing.T) {
	bare := struct{ Text string }{secret}
	for how, text := range printings(bare) {
		switch how {
		case "%T", "%p", "%d", "%x", "%X", "xml": // these show nothing of such a struct, or show it in hex
		default:
			if !leaks(text) {
				t.Errorf("printed with %s no leak is seen: %s", how, text)
			}
		}
	}
}

func TestValueShowsItselfNowhere(t *testing.T) {
	v := Value{"text", secret}
	type nested struct{ Line any }
	for where, x := range map[string]any{"value": v, "pointer": &v, "slice": []Value{v}, "nested": nested{v}, "map": map[string]Value{"v": v}} {
		for how, text := range printings(x) {
			if leaks(text) && how != "gob" && how != "%p" { // gob stores; %p asks no method of anything
				t.Errorf("%s printed with %s: %s", where, how, text)
			}
		}
	}
}

func TestOpenedCannotBeReadBeforeTheCommit(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		ch := w.chats.advice()
		w.chats.say(ch, secret)
		var o *Opened
		open := func(ctx context.Context, tx *store.Tx) error {
			rows, err := w.chats.rows(ctx, tx, "dvv", ch)
			if err != nil {
				return err
			}
			o, err = w.v.Open(ctx, tx, adviser, "answer", rows[0], Why{})
			if err != nil {
				return err
			}
			if text, ok := o.Text("text"); ok || text != "" || o.Fields() != nil || o.Ready() {
				t.Error("read before the commit:", text, o.Fields())
			}
			return nil
		}
		w.write(open)
		if text, ok := o.Text("text"); !ok || text != secret {
			t.Errorf("after the commit: %q, %v", text, ok)
		}
		if o.Row() != ch.id+"/1" || o.Record() != ch.record || len(o.Fields()) != 1 {
			t.Error(o.Row(), o.Record(), o.Fields())
		}
		if _, ok := o.Text("email"); ok {
			t.Error("a field that the row does not have")
		}

		rolledBack := errors.New("something else failed")
		err := w.db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(open(ctx, tx), rolledBack)
		})
		if _, ok := o.Text("text"); ok || !errors.Is(err, rolledBack) {
			t.Error("read although the transaction was rolled back:", err)
		}
	})
}

func TestNilOpenedIsSafe(t *testing.T) {
	for _, o := range []*Opened{nil, {}} {
		if _, ok := o.Text("text"); ok || o.Ready() || o.Fields() != nil {
			t.Error("something in nothing")
		}
	}
}
