package notice_test

import (
	"strings"
	"testing"

	"luukku/core/notice"
)

// strictCases are files that cannot be read: what is changed in the example, and the first problem.
var strictCases = map[string]struct {
	old, new string
	rule     string
	at       string // the problem lies where this text begins
	says     string
}{
	"unknown key":          {"statutory: false", "statutary: false", "unknown-key", "statutary", "did you mean statutory?"},
	"unknown key far off":  {"statutory: false", "statutory: false\nwarranty: none", "unknown-key", "warranty", "known here: notice, version"},
	"unknown key deep":     {"required: true\n        dpv: pd:Name", "requird: true\n        dpv: pd:Name", "unknown-key", "requird", "groups[0].fields[0].requird"},
	"duplicate key":        {"version: 2", "version: 2\nversion: 3", "duplicate-key", "version: 3", "first on line"},
	"missing key":          {"        type: phone\n", "", "missing-key", "no: 4", "groups[0].fields[2].type is missing"},
	"number for text":      {"cite: 1492/2016", "cite: 1492", "wrong-type", "1492\n", "in quotes"},
	"text for a number":    {"version: 2", "version: two", "wrong-type", "two", "a whole number"},
	"number too large":     {"no: 4", "no: 65536", "wrong-form", "65536", "from 1 to 65535"},
	"zero":                 {"no: 4", "no: 0", "wrong-form", "0\n        id: phone", "from 1"},
	"negative":             {"no: 4", "no: -4", "wrong-form", "-4", "from 1"},
	"fraction":             {"version: 2", "version: 2.5", "wrong-type", "2.5", "is a number"},
	"text for a truth":     {"outside_eea: true", "outside_eea: yes", "wrong-type", "yes", "true or false"},
	"list for a mapping":   {"automated_decisions: {decisions: false, profiling: false}", "automated_decisions: [no]", "wrong-type", "[no]", "is a list"},
	"mapping for a list":   {"channels: [booking]", "channels: {booking: yes}", "wrong-type", "{booking", "a list"},
	"text for a mapping":   {"answer: {within: P1M, extend: P2M, reasons: true}", "answer: P1M", "wrong-type", "P1M", "within, extend, reasons"},
	"no value":             {"authority: mallila", "authority:", "wrong-type", "\nstatutory", ""},
	"empty text":           {"{fi: Kirjaston tiski, sv", "{fi: \"\", sv", "wrong-type", "\"\"", "is empty"},
	"a language too many":  {"{fi: Kirjaston tiski, sv", "{se: Girjerádju, fi: Kirjaston tiski, sv", "unknown-key", "se:", "published[0].se"},
	"not a day":            {"drawn_up: 2026-03-02", "drawn_up: 2026-02-30", "wrong-form", "2026-02-30", "not a day"},
	"not a period":         {"within: P1M", "within: one month", "wrong-form", "one month", "not a period"},
	"a range":              {"for: P1Y6M", "for: P6M-P2Y", "range", "P6M-P2Y", "write one value"},
	"a range in words":     {"for: P1Y6M", "for: 6-24 months", "range", "6-24", "write one value"},
	"a list of periods":    {"for: P1Y6M", "for: [P6M, P2Y]", "range", "[P6M", "has several values"},
	"unknown event":        {"bound: at_most, from: appointment.ended", "bound: at_most, from: moon.full", "not-in-list", "moon.full", "contact.closed"},
	"unknown role":         {"role: lead", "role: chief", "not-in-list", "chief", "data_protection_officer"},
	"unknown type":         {"type: enum", "type: choice", "not-in-list", "choice", "one of text, string"},
	"unknown right":        {"right: A20", "right: A99", "not-in-list", "A99", "A15"},
	"unrelated as a rule":  {"relation: any", "relation: unrelated", "not-in-list", "unrelated", "assigned, own, sampled, any"},
	"id in capitals":       {"id: sms_gateway", "id: SMS", "wrong-form", "SMS", "lower-case"},
	"notice id":            {"notice: advice-appointments", "notice: advice_appointments", "wrong-form", "advice_appointments", "hyphens"},
	"country":              {"country: US\n", "country: usa\n", "wrong-form", "usa", "two letters"},
	"alias":                {"    duties: {fi: Hoitaa muistutukset., sv: Sköter påminnelserna., en: Sends the reminders.}", "    duties: *other", "wrong-type", "*other", "anchor"},
	"tag":                  {"version: 2", "version: !!int 2", "wrong-type", "!!int", "a whole number"},
	"merge key":            {"version: 2", "version: 2\n<<: {statutory: true}", "wrong-type", "<<", "plain word"},
	"broken YAML":          {"channels: [booking]", "channels: [booking", "syntax", "", "not YAML"},
	"a second document":    {"published:\n", "---\npublished:\n", "syntax", "published:", "one notice"},
	"tabs for indentation": {"  - kind: technical", "\t- kind: technical", "syntax", "", "not YAML"},
}

// A file that cannot be read is refused with the place and a way to mend it.
func TestStrictReading(t *testing.T) {
	for name, c := range strictCases {
		t.Run(name, func(t *testing.T) {
			source := example(t, c.old, c.new)
			n, problems := notice.Parse(source, "example.yaml")
			if n != nil || len(problems) == 0 {
				t.Fatal("it was read")
			}
			p := problems[0]
			if p.Rule != c.rule || p.Severity != notice.Error {
				t.Errorf("rule %s, want %s: %v", p.Rule, c.rule, p)
			}
			if !strings.Contains(p.Error(), c.says) {
				t.Errorf("%q does not say %q", p.Error(), c.says)
			}
			if p.Mend == "" {
				t.Errorf("no way to mend: %v", p)
			}
			if c.at != "" {
				wantPlace(t, source, c.at, p)
			}
		})
	}
}

func wantPlace(t *testing.T, source []byte, text string, p notice.Problem) {
	t.Helper()
	if strings.HasPrefix(text, "\n") { // a missing value lies at the end of its line
		if want := lineOf(t, source, text); p.Line != want {
			t.Errorf("line %d, want %d: %v", p.Line, want, p)
		}
		return
	}
	before, _, found := strings.Cut(string(source), text)
	if !found {
		t.Fatalf("the edited example has no %q", text)
	}
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
	if p.Line != line || p.Column != column {
		t.Errorf("at %d:%d, want %d:%d: %v", p.Line, p.Column, line, column, p)
	}
}

func TestOneRunShowsEveryProblem(t *testing.T) {
	source := example(t, "version: 2", "version: two", "statutory: false", "statutory: maybe", "type: enum", "type: choice")
	_, problems := notice.Parse(source, "example.yaml")
	if len(problems) != 3 {
		t.Fatalf("%d problems, want 3:\n%v", len(problems), problems)
	}
	for i, p := range problems[1:] {
		if p.Line < problems[i].Line {
			t.Error("the problems are not in the order of the lines")
		}
	}
	if first := strings.SplitN(problems.Error(), "\n", 2)[0]; !strings.HasPrefix(first, "example.yaml:3:10: ") {
		t.Errorf("%q does not begin with the place", first)
	}
}

func TestNotAFile(t *testing.T) {
	for name, source := range map[string]string{
		"empty":        "",
		"comment only": "# nothing\n",
		"a list":       "- a\n- b\n",
		"a word":       "hello",
		"broken UTF-8": "notice: a\xff\n",
		"NUL":          "notice: \x00\n",
		"huge":         strings.Repeat("# long\n", 200_000),
	} {
		t.Run(name, func(t *testing.T) {
			n, problems := notice.Parse([]byte(source), "x.yaml")
			if n != nil || problems.Err() == nil {
				t.Fatal("it was read")
			}
		})
	}
}

func TestWhatIsRead(t *testing.T) {
	source := example(t)
	n, problems := notice.Parse(source, "example.yaml")
	if n == nil {
		t.Fatal(problems)
	}
	if n.ID != "advice-appointments" || n.Version != 2 || n.ValidFrom != "2026-04-01" || n.Authority != "mallila" {
		t.Errorf("head: %s %d %s %s", n.ID, n.Version, n.ValidFrom, n.Authority)
	}
	g, f, ok := n.FieldGroup("phone")
	if !ok || g.ID != "booking" || f.No != 4 || f.Type != notice.TypePhone || f.Required || len(f.Source) != 2 {
		t.Errorf("field phone: %+v in %v", f, g)
	}
	if g.Keep.For != (notice.Period{Years: 1, Months: 6}) || g.Keep.Bound != notice.AtMost || g.Keep.From != notice.AppointmentEnded {
		t.Errorf("keep: %+v", g.Keep)
	}
	if h := g.Hold("complaint"); h == nil || h.For != (notice.Period{Years: 2}) {
		t.Errorf("hold: %+v", h)
	}
	if g.FieldNo(3) == nil || g.FieldNo(3).ID != "reminder" || g.FieldNo(2) != nil || g.Field("starts_at") != nil {
		t.Error("fields are not found by number and id")
	}
	if r := n.Right("A18"); r == nil || r.Granted != notice.Conditional || r.Route != "registry" {
		t.Errorf("right A18: %+v", r)
	}
	if len(n.Digest) != 64 || string(n.Source) != string(source) {
		t.Error("the source or its digest is not kept")
	}
	source[0] = '!'
	if n.Source[0] == '!' {
		t.Error("the notice shares the caller's bytes")
	}
}

func TestADigestIsOfTheBytes(t *testing.T) {
	a, b := read(t), read(t, "# A fictitious", "# An invented")
	if a.Digest == b.Digest {
		t.Error("two files have one digest")
	}
}

func TestTextsAreOneParagraph(t *testing.T) {
	n := read(t, "fi: Voit varata ajan kirjaston digineuvontaan.", "fi: >-\n    Voit varata\n    ajan.\n\n    Tervetuloa.")
	if n.About.FI != "Voit varata ajan. Tervetuloa." {
		t.Errorf("%q", n.About.FI)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(example(f))
	for _, s := range []string{"", "a: b", "- {", "a: &x [*x]", "? a\n: b", "groups: [{fields: [{no: 1e9}]}]", "\"\\", "a:\n\t- b", "%YAML 1.2\n---\na: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		n, problems := notice.Parse(source, "fuzz.yaml")
		if (n == nil) == (problems.Err() == nil) {
			t.Fatal("neither a notice nor a problem, or both")
		}
		if n == nil {
			return
		}
		if notice.Check(n).Err() == nil {
			for _, lang := range notice.Languages() {
				if _, err := notice.Render(n, lang, notice.HTML); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
