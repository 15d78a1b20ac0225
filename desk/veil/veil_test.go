package veil

import (
	"strings"
	"testing"
	"time"
)

// shown writes a text as it is shown, with each hidden part as its kind in brackets.
func shown(v *Veil, text string, hand ...int) string {
	var b strings.Builder
	for _, p := range Pieces(text, v.Spans(text), hand) {
		if p.Hidden != "" {
			b.WriteString("[" + string(p.Hidden) + "]")
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// what a rule can find is hidden before anything leaves the server.
func TestNumbersAndAddressesAreHidden(t *testing.T) {
	for text, want := range map[string]string{
		"tunnus 131052-308T.":                 "tunnus [code].",
		"tunnus 131052-308X (väärin)":         "tunnus [code] (väärin)", // mistyped: the mask of chats leaves it
		"tunnus ••••••-•••• peitettiin":       "tunnus [code] peitettiin",
		"numero on 040 555 1234, kiitos":      "numero on [phone], kiitos",
		"+358405551234":                       "[phone]",
		"soita (09) 555 0123":                 "soita [phone]",
		"maija.meikalainen@example.fi":        "[email]",
		"maija (at) example.fi":               "[email]",
		"tili FI21 1234 5600 0007 85":         "tili [account]",
		"tili fi2112345600000785":             "tili [account]",
		"auto ABC-123 katsastettiin":          "auto [plate] katsastettiin",
		"Y-tunnus 1234567-8":                  "Y-tunnus [business_id]",
		"asun Koivukatu 12 B 4":               "asun [address]",
		"asun osoitteessa Mäntytie 3, kolmas": "asun osoitteessa [address], kolmas",
		"00100 Helsinki":                      "[address]",
		"Strandvägen 7 a":                     "[address]",
		"12 Station Road":                     "12 Station Road", // a number before the street: not found
		"synt. 1.2.1980":                      "synt. [birth]",
		"diaarinumero 123456789":              "diaarinumero [number]",
		"avoinna 8.00–16.15, 23.11.2026":      "avoinna 8.00–16.15, 23.11.2026",
		"lomake 5 ja kohta 12":                "lomake 5 ja kohta 12",
		"covid-19 ja EU-maat":                 "covid-19 ja EU-maat",
		"maksu on 120 euroa":                  "maksu on 120 euroa",
	} {
		if got := shown(New(Known{}, []string{text}), text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// what is written strangely looks the same, and is hidden the same.
func TestWhatIsWrittenStrangelyIsHiddenToo(t *testing.T) {
	for text, want := range map[string]string{
		"puh 0\u200b40 555 12\u00ad34.":            "puh [phone].",
		"puh ０４０ ５５５ １２３４, kiitos":                 "puh [phone], kiitos",
		"puh ٠٤٠ ٥٥٥ ١٢٣٤":                         "puh [phone]",
		"040\u2011555\u20111234":                   "[phone]",
		"maija\u200b@example.fi":                   "[email]",
		"maija＠example.fi":                         "[email]",
		"tunnus 131052\u2011308X":                  "tunnus [code]",
		"FI21\u200b1234\u20605600\ufeff00000785":   "[account]",
		"nimeni on Mai\u00adja, Mai\u200bjan asia": "nimeni on [name], [name] asia",
		"Ääkkösiä — ja viivoja 8.00–16.15 ﬁ":       "Ääkkösiä — ja viivoja 8.00–16.15 ﬁ",
	} {
		if got := shown(New(Known{}, []string{text}), text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// Nobody can keep a server busy by what they write: a long conversation is veiled in a moment. The bound is
// no figure: under the race detector a busy machine takes 20 seconds, and the square of it would take ten minutes.
func TestALongConversationIsVeiledInAMoment(t *testing.T) {
	var texts []string
	for i := range 100 {
		var b strings.Builder
		for n := 0; b.Len() < 3900; n++ {
			b.WriteString("Nimeni on " + string(rune('A'+i%26)) + strings.Repeat(string(rune('a'+n%26)), 2) + strings.Repeat(string(rune('a'+n/26)), 2) + string(rune('a'+i/26)) + ". ")
		}
		texts = append(texts, b.String(), "a"+strings.Repeat("1", 3999))
	}
	begun := time.Now()
	v := New(Known{}, texts)
	for _, text := range texts {
		Pieces(text, v.Spans(text), nil)
	}
	if took := time.Since(begun); took > 5*time.Minute {
		t.Errorf("it took %v", took)
	}
}

// what the contact declares is hidden wherever it stands, also inflected and without its dots.
func TestDeclaredValuesAreHiddenWhereverTheyStand(t *testing.T) {
	v := New(Known{Values: []Value{
		{Name, "Maija Meikäläinen"}, {Phone, "+358405551234"}, {Reference, "K7M29QXT4"}, {Email, "pekka.lahti@example.fi"},
	}}, nil)
	for text, want := range map[string]string{
		"Maijan asia":                         "[name] asia",
		"MEIKÄLÄISELLE meikäläistä":           "[name]",
		"meikalainen":                         "[name]",
		"kirje Meikäläiselle tuli":            "kirje [name] tuli",
		"Pekalla ja Lahden pojalla":           "[name] ja [name] pojalla",
		"Pekkako?":                            "[name]?",
		"numeroni on 040-555 12 34":           "numeroni on [phone]",
		"5551234":                             "[phone]",
		"koodi k7m29qxt4":                     "koodi [reference]",
		"Majakka ja meikit eivät ole nimiä":   "Majakka ja meikit eivät ole nimiä",
		"pekkarilla ei ole nimeä":             "pekkarilla ei ole nimeä",
		"Maija’s and Maijas":                  "[name] and [name]",
		"Maija Meikäläinen, Koivukatu 12 B 4": "[name], [address]",
	} {
		if got := shown(v, text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// a person whom the conversation names is hidden in all of it, as far as words announce the name.
func TestAnnouncedNamesAreHiddenInTheWholeConversation(t *testing.T) {
	for announcement, later := range map[string]struct{ text, want string }{
		"Hei, nimeni on Liisa Virtanen.":      {"Virtasen Liisalla", "[name]"},
		"Olen Matti Mäki ja kysyn":            {"matin", "[name]"},
		"Päämieheni Aatos Ranta on sairas":    {"Rannan tili", "[name] tili"},
		"Jag heter Karin Ström":               {"Ströms ärende", "[name] ärende"},
		"My daughter Emily cannot sign in":    {"Is Emily’s code", "Is [name] code"},
		"Kiitos!\nTerveisin\nHeikki":          {"Heikin", "[name]"},
		"Hälsningar, Åsa Öberg":               {"asa oberg", "[name]"},
		"Olen Suomen kansalainen":             {"Suomen passi", "Suomen passi"},
		"Voiko Aino auttaa?":                  {"Aino", "Aino"}, // nothing announces the name: not found
		"edunvalvojani on Helsingin kaupunki": {"Helsingin", "Helsingin"},
	} {
		v := New(Known{}, []string{announcement, later.text})
		if got := shown(v, later.text); got != later.want {
			t.Errorf("after %q, %q is shown as %q, want %q", announcement, later.text, got, later.want)
		}
	}
}

func TestStaffAreHiddenAsAdvisers(t *testing.T) {
	v := New(Known{Staff: []string{"Aino Esimerkki"}, Values: []Value{{Name, "Aino Virtanen"}}}, nil)
	for text, want := range map[string]string{
		"Hei, olen Aino Esimerkki.": "Hei, olen [adviser].",
		"Ainolta ja Virtaselta":     "[adviser] ja [name]",
	} {
		if got := shown(v, text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// A person hides by words what no rule found; the numbers of words do not depend on what rules hide.
func TestWordsAreHiddenByHand(t *testing.T) {
	v := New(Known{Values: []Value{{Name, "Maija"}}}, nil)
	text := "Maijan isä,  rehtori\nPorissa, soitti."
	if got := shown(v, text, 2, 3, 99, -1); got != "[name] isä,  [by_hand]\n[by_hand] soitti." {
		t.Errorf("%q", got)
	}
	if Words(text) != 5 {
		t.Errorf("%d words", Words(text))
	}
	for _, p := range Pieces(text, nil, nil) {
		if p.Text == "soitti." && p.Word != 4 {
			t.Errorf("the last word has the number %d", p.Word)
		}
	}
	if Pieces("", nil, nil) != nil {
		t.Error("an empty text has pieces")
	}
}

// Nothing of a text is lost or doubled that is not hidden.
func FuzzPiecesAreTheText(f *testing.F) {
	for _, text := range []string{"", " ", "Hei  maailma\n", "a\u00a0b 040 555 1234 x", "\xff\xfe", "•-@."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		for _, p := range Pieces(text, nil, nil) {
			b.WriteString(p.Text)
		}
		if b.String() != text {
			t.Errorf("%q came out as %q", text, b.String())
		}
		v := New(Known{}, []string{text})
		last := 0
		for _, s := range v.Spans(text) {
			if s.From < last || s.To <= s.From || s.To > len(text) {
				t.Fatalf("%q: span %+v after %d", text, s, last)
			}
			last = s.To
		}
	})
}
