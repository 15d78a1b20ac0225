package notice_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luukku/core/notice"
)

var update = flag.Bool("update", false, "write what is rendered now as the expected rendering")

func render(t testing.TB, n *notice.Notice, lang string, format notice.Format) string {
	t.Helper()
	text, err := notice.Render(n, lang, format)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRenderedAsExpected(t *testing.T) {
	n := read(t)
	for _, lang := range notice.Languages() {
		for format, ending := range map[notice.Format]string{notice.HTML: "html", notice.PlainText: "txt"} {
			name := "example." + lang + "." + ending
			t.Run(name, func(t *testing.T) {
				got, file := render(t, n, lang, format), filepath.Join("testdata", "golden", name)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("%s differs from what is rendered; look at it, then run go test -update\n%s", file, firstDifference(string(want), got))
				}
			})
		}
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want " + w[i] + "\ngot  " + g[i]
		}
	}
	return "one is longer"
}

// What people read comes from the values that the program obeys: when a value changes, so does the
// text, in every language. (Promise 7.)
func TestAChangedValueChangesTheText(t *testing.T) {
	before := map[string]string{}
	for _, lang := range notice.Languages() {
		before[lang] = render(t, read(t), lang, notice.PlainText)
	}
	for name, c := range map[string]struct {
		edits []string
		has   map[string]string // what the text says then, by language
	}{
		"retention":        {[]string{"for: P1Y6M", "for: P2M"}, map[string]string{"fi": "tiedot enintään kaksi kuukautta", "sv": "i högst två månader", "en": "for at most two months"}},
		"bound":            {[]string{"bound: at_most, from: appointment", "bound: at_least, from: appointment"}, map[string]string{"fi": "vähintään yhden vuoden", "sv": "i minst ett år", "en": "at least one year"}},
		"event":            {[]string{"bound: at_most, from: contact.closed", "bound: at_most, from: entry.written"}, map[string]string{"fi": "merkinnän tekemisestä", "sv": "anteckningen gjordes", "en": "writing of the entry"}},
		"until":            {[]string{", until: appointment.ended}", "}"}, nil},
		"hold":             {[]string{"        for: P2Y\n", "        for: P7Y\n"}, map[string]string{"fi": "Enintään seitsemän vuotta", "sv": "Högst sju år", "en": "At most seven years"}},
		"answer":           {[]string{"within: P1M", "within: P2W"}, map[string]string{"fi": "viimeistään kahden viikon", "sv": "inom två veckor", "en": "within two weeks"}},
		"extension":        {[]string{"extend: P2M", "extend: P1M"}, map[string]string{"fi": "lisäaikaa enintään yhden kuukauden", "sv": "med högst en månad", "en": "by at most one month"}},
		"necessity":        {[]string{"type: string\n        required: true", "type: string\n        required: false"}, nil},
		"source":           {[]string{"[subject, authority]", "[authority]"}, nil},
		"time of asking":   {[]string{"source: [program]\n        collected: during", "source: [program]\n        collected: at_end"}, nil},
		"a field less":     {[]string{"      - no: 4\n        id: phone\n        type: phone\n        required: false\n        dpv: pd:TelephoneNumber\n        source: [subject, authority]\n        collected: on_request\n        name: {fi: Puhelinnumerosi, sv: Ditt telefonnummer, en: Your telephone number}\n", "", "[name, phone]", "[name]"}, nil},
		"basis":            {[]string{"basis: A6-1-a", "basis: A6-1-e"}, map[string]string{"fi": "e alakohta", "sv": "artikel 6.1 e", "en": "6(1)(e)"}},
		"law":              {[]string{"sections: \"6\"", "sections: \"6, 9\""}, map[string]string{"fi": "6 ja 9\u00a0§", "sv": "6 och 9\u00a0§", "en": "sections\u00a06 and 9"}},
		"right refused":    {[]string{"right: A22, granted: yes, route: registry", "right: A22, granted: no, ground: 'luukku:not-public-task'"}, nil},
		"right granted":    {[]string{"right: A21, granted: no, ground: 'luukku:consent-can-be-withdrawn'", "right: A21, granted: yes, route: registry"}, nil},
		"in writing":       {[]string{", written: true", ""}, nil},
		"must specify":     {[]string{"[item, correct_value]", "[item, manner]"}, map[string]string{"fi": "miten tieto pitäisi korjata", "sv": "hur uppgiften borde rättas", "en": "how it should be corrected"}},
		"recipient":        {[]string{"kind: processor", "kind: third_party"}, nil},
		"received group":   {[]string{"    groups: [slot]\n", "    groups: [booking]\n"}, nil},
		"received field":   {[]string{"    fields: [reminder]\n", "    fields: [reminder, starts_at]\n"}, nil},
		"exactly one of":   {[]string{"one_of: [name, phone]", "one_of: [name, reminder]"}, map[string]string{"fi": "nimesi tai muistutus", "sv": "ditt namn eller påminnelse", "en": "your name or reminder"}},
		"country":          {[]string{"country: US\n", "country: FI\n"}, map[string]string{"fi": "Suomi", "sv": "Finland", "en": "Finland"}},
		"no transfer":      {[]string{"  outside_eea: true\n  to:\n    - {country: US, recipient: sms_gateway, safeguard: 'eu-gdpr:A46-2-c'}\n", "  outside_eea: false\n"}, map[string]string{"fi": "ei siirretä", "sv": "överförs inte", "en": "not transferred"}},
		"safeguard":        {[]string{"A46-2-c", "A45-3"}, map[string]string{"fi": "riittävyydestä", "sv": "adekvat", "en": "adequacy"}},
		"paper":            {[]string{"exists: in_clarification", "exists: \"yes\""}, nil},
		"decisions":        {[]string{"decisions: false", "decisions: true"}, map[string]string{"fi": "Teemme automaattisia", "sv": "Vi fattar automatiserade", "en": "We make automated"}},
		"profiling":        {[]string{"profiling: false", "profiling: true"}, map[string]string{"fi": "Profiloimme", "sv": "Vi profilerar personer", "en": "We profile persons"}},
		"role":             {[]string{"role: lead", "role: administrator"}, map[string]string{"fi": "pääkäyttäjä", "sv": "Systemadministratör", "en": "Administrator"}},
		"relation":         {[]string{"relation: assigned", "relation: any"}, nil},
		"sampled":          {[]string{"relation: assigned", "relation: sampled"}, map[string]string{"fi": "arpomassa otoksessa", "sv": "stickprov som systemet", "en": "random sample"}},
		"reason":           {[]string{", reason: true}", "}"}, nil},
		"opened group":     {[]string{"role: lead, groups: [slot]", "role: lead, groups: [booking]"}, nil},
		"prohibited":       {[]string{"prohibited_purposes:\n  - id: marketing\n    dpv: dpv:Marketing\n    name: {fi: Markkinointi, sv: Marknadsföring, en: Marketing}\n", ""}, nil},
		"statutory":        {[]string{"statutory: false", "statutory: true"}, map[string]string{"fi": "Rekisteri on lakisääteinen", "sv": "är lagstadgat", "en": "required by law"}},
		"version":          {[]string{"version: 2", "version: 3"}, nil},
		"first day":        {[]string{"valid_from: 2026-04-01", "valid_from: 2026-05-02"}, map[string]string{"fi": "2.5.2026", "sv": "2 maj 2026", "en": "2 May 2026"}},
		"route":            {[]string{a22, "  - {right: A22, granted: yes}\n"}, nil},
		"telephone":        {[]string{"+358 40 555 0100", "+358 40 555 0199"}, map[string]string{"fi": "0199", "sv": "0199", "en": "0199"}},
		"officer":          {[]string{"tietosuoja@mallila", "dpo@mallila"}, nil},
		"complaint":        {[]string{"tietosuoja@om.fi", "valitus@om.example.fi"}, nil},
		"joint controller": {[]string{"kirjaamo@naapuri", "posti@naapuri"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			n := read(t, c.edits...)
			for _, lang := range notice.Languages() {
				after := render(t, n, lang, notice.PlainText)
				if after == before[lang] {
					t.Errorf("%s: the text is the same as before", lang)
				}
				joined := oneLine(after)
				if !strings.Contains(joined, c.has[lang]) {
					t.Errorf("%s: the text does not say %q", lang, c.has[lang])
				}
				if strings.Contains(oneLine(before[lang]), c.has[lang]) && c.has[lang] != "" {
					t.Errorf("%s: the text said %q before the change: this case proves nothing", lang, c.has[lang])
				}
			}
		})
	}
}

// The HTML is well-formed, has one h1, headings without a gap, scoped table headers and no script.
func TestHTMLIsSemantic(t *testing.T) {
	for _, lang := range notice.Languages() {
		text := render(t, read(t), lang, notice.HTML)
		dec := xml.NewDecoder(strings.NewReader(text))
		level, h1, ids := 0, 0, map[string]bool{}
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: not well-formed: %v", lang, err)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			attrs := attributes(e)
			switch name := e.Name.Local; {
			case name == "article" && attrs["lang"] != lang:
				t.Errorf("the article's language is %q", attrs["lang"])
			case name == "h1":
				h1++
				level = 1
			case len(name) == 2 && name[0] == 'h':
				if next := int(name[1] - '0'); next > level+1 {
					t.Errorf("h%d after h%d", next, level)
				} else {
					level = next
				}
				if ids[attrs["id"]] {
					t.Errorf("the id %q is used twice", attrs["id"])
				}
				ids[attrs["id"]] = true
			case name == "th" && attrs["scope"] == "":
				t.Error("a header cell without scope")
			case name == "script" || attrs["style"] != "" || attrs["onclick"] != "":
				t.Errorf("script or inline style in %s", name)
			}
		}
		if h1 != 1 {
			t.Errorf("%d h1, want one", h1)
		}
	}
}

func attributes(e xml.StartElement) map[string]string {
	out := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}

func TestMarkupInTextsIsShownAsText(t *testing.T) {
	n := read(t, "fi: Voit varata ajan kirjaston digineuvontaan.", `fi: '<script>alert("x")</script> & muuta'`,
		"email: kirjaamo@naapuri.example.fi", `email: '"><b>@x'`)
	text := render(t, n, "fi", notice.HTML)
	if strings.Contains(text, "<script") || strings.Contains(text, "<b>") || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("markup in a text becomes markup in the page")
	}
}

func TestNothingElseIsRendered(t *testing.T) {
	if _, err := notice.Render(read(t), "de", notice.HTML); err == nil {
		t.Error("rendered in German")
	}
	if _, err := notice.Render(read(t), "fi", "pdf"); err == nil {
		t.Error("rendered as PDF")
	}
}

func TestTextIsWrapped(t *testing.T) {
	for _, line := range strings.Split(render(t, read(t), "en", notice.PlainText), "\n") {
		if len([]rune(line)) > 80 && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("longer than 80 columns: %q", line)
		}
	}
}

func TestLengthsReadNaturally(t *testing.T) {
	for p, want := range map[string][3]string{
		"P1Y":   {"yhden vuoden", "ett år", "one year"},
		"P2Y":   {"kaksi vuotta", "två år", "two years"},
		"P1M":   {"yhden kuukauden", "en månad", "one month"},
		"P2M":   {"kaksi kuukautta", "två månader", "two months"},
		"P1W":   {"yhden viikon", "en vecka", "one week"},
		"P1D":   {"yhden päivän", "en dag", "one day"},
		"P30D":  {"30 päivää", "30 dagar", "30 days"},
		"P12M":  {"12 kuukautta", "tolv månader", "12 months"},
		"P1Y6M": {"yhden vuoden ja kuusi kuukautta", "ett år och sex månader", "one year and six months"},
	} {
		for i, lang := range notice.Languages() {
			if got := notice.Length(period(t, p), lang); got != want[i] {
				t.Errorf("%s in %s: %q, want %q", p, lang, got, want[i])
			}
		}
	}
}

func TestTheLineWhereWeAsk(t *testing.T) { // S3-2, S4-10
	keep := notice.Keep{For: period(t, "P2M"), Bound: notice.AtMost, From: notice.ContactClosed}
	for lang, want := range map[string]string{
		"fi": "Säilytämme tiedot enintään kaksi kuukautta yhteydenoton päättymisestä.",
		"sv": "Vi lagrar uppgifterna i högst två månader från det att kontakten avslutades.",
		"en": "We keep the data for at most two months from the end of the contact.",
	} {
		if got := notice.KeepLine(keep, lang); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

func TestTheExampleOfADateIsTheProgramsOwnReckoning(t *testing.T) {
	n := read(t, "valid_from: 2026-04-01", "valid_from: 2026-12-31", "for: P1Y6M, bound: at_most", "for: P2M, bound: at_most")
	text := strings.Join(strings.Fields(render(t, n, "en", notice.PlainText)), " ")
	if want := "if the appointment ends on 31 December 2026, the data can be opened on 27 February 2027 for the last time"; !strings.Contains(text, want) {
		t.Errorf("the text does not say %q", want)
	}
}

// oneLine is a text without its line breaks; its no-break spaces stay.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '\n' }), " ")
}
