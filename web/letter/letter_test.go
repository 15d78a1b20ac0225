package letter

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"luukku/channel/chat"
	"luukku/core/notice"
	"luukku/core/rights"
	"luukku/desk/service"
)

var zone, _ = time.LoadLocation("Europe/Helsinki")

func sample(lang string) chat.Transcript {
	at := time.Date(2026, 11, 23, 21, 58, 0, 0, time.UTC).UnixMilli()
	return chat.Transcript{Lang: lang, Address: "maija.testi@example.fi", Reference: "ABCD-EFGH-JK",
		Service: service.Service{Name: notice.Text{FI: "Neuvonta", SV: "Rådgivning", EN: "Advice"}},
		Messages: []chat.Message{
			{N: 1, At: at, From: "event", Event: "started"},
			{N: 2, At: at, From: "citizen", Lang: "fi", Text: "Hei <script>alert(1)</script>\nToinen rivi"},
			{N: 3, At: at + 1000, From: "event", Event: chat.EventInternal},
			{N: 4, At: at + 240000, From: "adviser", Name: "Aino", Lang: "sv", Text: "Hej & välkommen"},
		}}
}

var by = Authority{Names: notice.Text{FI: "Virasto\r\nBcc: x@example.fi", SV: "Myndigheten", EN: "Agency"}, Zone: zone}

// Both texts say the same, under the days of the authority's own zone; nothing is fetched from
// anywhere, what people wrote is text, and the subject is one line without a person in it.
func TestATranscriptIsALetter(t *testing.T) {
	for _, lang := range []string{"fi", "sv", "en"} {
		l, err := Transcript(sample(lang), by)
		if err != nil || l.To != "maija.testi@example.fi" || l.Lang != lang {
			t.Fatal(l, err)
		}
		for _, both := range []string{l.Text, l.HTML} {
			for _, part := range []string{"Toinen rivi", "Aino", "ABCD-EFGH-JK", map[string]string{"en": "23:58"}[lang]} {
				if !strings.Contains(both, part) {
					t.Errorf("%s: %q is missing in %s", lang, part, both)
				}
			}
		}
		if n := strings.Count(l.HTML, "<h2"); n != 2 { // midnight in Helsinki lies between the two
			t.Errorf("%d days", n)
		}
		if strings.Contains(l.HTML, "<script") || !strings.Contains(l.HTML, `<html lang="`+lang+`">`) || !strings.Contains(l.HTML, `lang="sv">Hej &amp; välkommen`) {
			t.Error(l.HTML)
		}
		if remote := regexp.MustCompile(`(?i)(src|href|url\(|http)`).FindString(l.HTML); remote != "" {
			t.Errorf("the mail fetches or leads: %q", remote)
		}
		if strings.ContainsAny(l.Subject, "\r\n") || strings.Contains(l.Subject, "Aino") || strings.Contains(l.Subject, "maija") {
			t.Errorf("the subject is %q", l.Subject)
		}
	}
}

// A contact whose language is not kept gets Finnish, and a line without a name is an adviser's.
func TestALetterWithoutLanguageOrName(t *testing.T) {
	s := sample("")
	s.Messages[3].Name = ""
	l, err := Transcript(s, by)
	if err != nil || l.Lang != "fi" || !strings.Contains(l.Text, "Palveluneuvoja:") {
		t.Error(l.Text, err)
	}
}

// The mail of an extension says the new day and the reasons as they were written, in both texts, and its subject
// nothing about a person.
func TestAnExtensionIsALetter(t *testing.T) {
	for _, lang := range notice.Languages() {
		l, err := Extension(rights.Extension{Request: "rq_1", Lang: lang, Address: "maija@example.fi", Reasons: "Pyyntö on <b>laaja</b>.\nToinen rivi",
			Register: notice.Text{FI: "Neuvonta", SV: "Rådgivning", EN: "Advice"}, Due: "2027-01-31"}, by)
		if err != nil || l.To != "maija@example.fi" || strings.ContainsAny(l.Subject, "\r\n") || strings.Contains(l.Subject, "rq_1") {
			t.Fatal(l, err)
		}
		for _, part := range []string{notice.DayIn("2027-01-31", lang), "rq_1", "Toinen rivi"} {
			if !strings.Contains(l.Text, part) || !strings.Contains(l.HTML, part) {
				t.Errorf("%s: no %q in\n%s\n%s", lang, part, l.Text, l.HTML)
			}
		}
		if !strings.Contains(l.Text, "<b>laaja</b>") || strings.Contains(l.HTML, "<b>laaja") || strings.Contains(l.HTML, "http") {
			t.Errorf("%s: %s\n%s", lang, l.Text, l.HTML)
		}
	}
}
