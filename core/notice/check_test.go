package notice_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luukku/core/notice"
)

// broken is one fault put into the example, and what the check says of it.
type broken struct {
	name  string
	edits []string // old, new, old, new …
	rule  string   // of the first error
	at    string   // the error lies on the line where this text is in the edited file; "" is not looked at
	says  string
}

const (
	a20   = "  - {right: A20, granted: yes, route: registry}\n"
	a22   = "  - {right: A22, granted: yes, route: registry}\n"
	dpo   = "dpo:\n  name: {fi: Kunnan tietosuojavastaava, sv: Kommunens dataskyddsombud, en: The municipality’s data protection officer}\n  email: tietosuoja@mallila.example.fi\n"
	keep  = "    keep: {for: P1Y6M, bound: at_most, from: appointment.ended, law: [library_act]}\n"
	until = "    keep: {for: P30D, bound: at_most, from: contact.closed, until: appointment.ended}\n"
	lead  = "  - {role: lead, groups: [slot], purposes: [appointment], relation: any, reason: true}\n"
	about = "  fi: Voit varata ajan kirjaston digineuvontaan.\n  sv: Du kan boka en tid för bibliotekets digitala rådgivning.\n  en: You can book an appointment for digital advice at the library.\n"
)

// prose replaces the notice's first text in three languages.
func prose(fi, sv, en string) []string {
	return []string{about, "  fi: " + fi + "\n  sv: " + sv + "\n  en: " + en + "\n"}
}

// Each rule has at least one fault that it finds; TestEveryRuleHasAFault sees to it.
var faults = []broken{
	// what earlier notices would trip.
	{"no controller", []string{"controller:\n  name: {fi: Mallilan kunta, sv: Mallila kommun, en: Municipality of Mallila}\n  address: {fi: 'Kunnantie 1, 99998 Mallila', sv: 'Kommunvägen 1, 99998 Mallila', en: 'Kunnantie 1, FI-99998 Mallila'}\n  email: kirjaamo@mallila.example.fi\njoint", "joint"}, "missing-controller", "", "names no controller"},
	{"controller without address", []string{"  address: {fi: 'Kunnantie 1, 99998 Mallila', sv: 'Kommunvägen 1, 99998 Mallila', en: 'Kunnantie 1, FI-99998 Mallila'}\n  email: kirjaamo@mallila.example.fi\njoint", "joint"}, "missing-controller", "  name: {fi: Mallilan", "cannot be reached"},
	{"no contact", []string{"contacts:\n  - id: registry\n    name: {fi: Kirjaamo, sv: Registratorskontoret, en: Registry}\n    phone: \"+358 40 555 0100\"\n    email: kirjaamo@mallila.example.fi\n", ""}, "missing-contact", "", "nobody"},
	{"no officer (S0, S2)", []string{dpo, ""}, "missing-dpo", "", "data protection officer"},
	{"officer without address", []string{"  email: tietosuoja@mallila.example.fi\n", ""}, "missing-dpo", "Kunnan tietosuojavastaava", ""},
	{"no complaint (S0, S2)", []string{"  email: tietosuoja@om.fi\n", ""}, "missing-complaint", "Tietosuojavaltuutetun", "supervisory authority"},
	{"no basis (S0, S2, S4)", []string{"    basis: A6-1-a\n", ""}, "missing-basis", "- id: appointment", "appointment"},
	{"basis of another article", []string{"basis: A6-1-a", "basis: A45-3"}, "unknown-basis", "basis: A45-3", "Art. 6"},
	{"basis that does not exist", []string{"basis: A6-1-a", "basis: A6-1-x"}, "unknown-basis", "basis: A6-1-x", ""},
	{"public task without law", []string{"    basis: A6-1-a\n    law: [library_act]\n", "    basis: A6-1-e\n"}, "basis-without-law", "- id: appointment", "names none"},
	{"no purpose", []string{"purposes:\n  - id: appointment\n    basis: A6-1-a\n    law: [library_act]\n    dpv: dpv:CustomerCare\n    name: {fi: Ajan varaaminen, sv: Bokning av tid, en: Booking an appointment}\n    about: {fi: Muistutamme sinua ajasta., sv: Vi påminner dig om tiden., en: We remind you of it.}\n", "", "purposes: [appointment], relation: assigned", "purposes: [], relation: assigned", "purposes: [appointment], relation: own", "purposes: [], relation: own", "purposes: [appointment], relation: any", "purposes: [], relation: any"}, "missing-purpose", "", "no purpose"},
	{"no retention (S0, S1.8, S2)", []string{keep, ""}, "missing-retention", "- id: booking", "no retention"},
	{"an event without a cap (S0-T5)", []string{until, "    keep: {bound: at_most, from: contact.closed, until: appointment.ended}\n"}, "missing-retention", "until: appointment", "cap"},
	{"an event without an upper bound", []string{until, "    keep: {for: P30D, bound: at_least, from: contact.closed, until: appointment.ended}\n"}, "until-without-cap", "until: appointment", "at_most"},
	{"open-ended group (S2)", []string{"id: phone\n        type", "id: other\n        type", "one_of: [name, phone]", "one_of: [name]"}, "open-ended-group", "no: 4", "leaves open"},
	{"open-ended name", []string{"fi: Puhelinnumerosi,", "fi: Muut tiedot,"}, "open-ended-group", "no: 4", "leaves open"},
	{"open-ended name in Swedish", []string{"sv: Uppgifter om tiden,", "sv: Övriga uppgifter,"}, "open-ended-group", "- id: slot", "leaves open"},
	{"a group without fields", []string{"    fields:\n      - no: 5\n        id: starts_at\n        type: instant\n        required: true\n        dpv: pd:CommunicationsMetadata\n        source: [program]\n        collected: during\n        name: {fi: Ajan alku, sv: När tiden börjar, en: When it starts}\n", "    fields: []\n"}, "open-ended-group", "- id: slot", "lists no fields"},
	{"transfer without safeguard (S4)", []string{", safeguard: 'eu-gdpr:A46-2-c'}", "}"}, "transfer-without-safeguard", "recipient: sms_gateway", "without a safeguard"},
	{"a safeguard that is none", []string{"'eu-gdpr:A46-2-c'", "'eu-gdpr:A6-1-a'"}, "unknown-safeguard", "A6-1-a'", "eu-gdpr:A46-2-c"},
	{"silence about transfers", []string{"transfers:\n  outside_eea: true\n  to:\n    - {country: US, recipient: sms_gateway, safeguard: 'eu-gdpr:A46-2-c'}\n", ""}, "missing-transfers", "", "silent"},
	{"no transfer with a foreign recipient (S1)", []string{"  outside_eea: true\n  to:\n    - {country: US, recipient: sms_gateway, safeguard: 'eu-gdpr:A46-2-c'}\n", "  outside_eea: false\n"}, "transfer-undeclared", "country: US", "transfers do not name it"},
	{"a transfer that goes nowhere", []string{"  to:\n    - {country: US, recipient: sms_gateway, safeguard: 'eu-gdpr:A46-2-c'}\n", "", "country: US", "country: FI"}, "transfer-contradiction", "outside_eea", "contradict"},
	{"a transfer within the EEA", []string{"{country: US, recipient", "{country: NO, recipient"}, "transfer-contradiction", "country: NO", "NO is in the EEA"},
	{"a right refused against the basis (S1.6, S3)", []string{"right: A20, granted: yes, route: registry", "right: A20, granted: no, ground: 'luukku:not-consent-or-contract'"}, "right-against-basis", "right: A20", "answers: [right-against-basis:A20]"},
	{"silence about a right (S4-T7)", []string{a20, ""}, "silent-right", "right: A15", "nothing about A20"},
	{"refusal without ground", []string{", ground: 'luukku:consent-can-be-withdrawn'", ""}, "refusal-without-ground", "right: A21", ""},
	{"a ground without words", []string{"'luukku:consent-can-be-withdrawn'", "'eu-gdpr:JustificationA12Delay'"}, "unknown-ground", "right: A21", "luukku:consent"},
	{"a condition untold", []string{"    about: {fi: Jos tieto on mielestäsi väärä., sv: Om du anser att en uppgift är fel., en: If you think that something is wrong.}\n", ""}, "condition-untold", "right: A18", ""},
	{"erasure from a statutory register (S4-25)", []string{"statutory: false", "statutory: true"}, "statutory-erasure", "right: A17", "conditional"},
	{"a right that nobody receives", []string{a22, "  - {right: A22, granted: yes}\n"}, "right-without-route", "right: A22", ""},
	{"a right sent to nobody", []string{a22, "  - {right: A22, granted: yes, route: archive}\n"}, "unknown-contact", "route: archive", ""},
	{"stale law (S2)", []string{"cite: 1492/2016\n    sections: \"6\"", "cite: 523/1999\n    sections: \"8\""}, "stale-law", "523/1999", "2019-01-01"},
	{"a section that is no basis (S4-T2)", []string{"cite: 1492/2016\n    sections: \"6\"", "cite: 1050/2018\n    sections: \"8\""}, "law-is-no-basis", "sections: \"8\"", "section 4"},
	{"sections and articles", []string{"    sections: \"6\"\n", "    sections: \"6\"\n    articles: \"7\"\n"}, "wrong-form", "- id: library_act", ""},
	{"a text missing in Swedish (X-23)", []string{"{fi: Nimesi, sv: Ditt namn, en: Your name}", "{fi: Nimesi, en: Your name}"}, "missing-language", "{fi: Nimesi, en", "sv"},
	{"a text missing in English", []string{"  en: You can book an appointment for digital advice at the library.\n", ""}, "missing-language", "fi: Voit varata", "about has no text in en"},
	{"a purpose that is prohibited too, by id", []string{"  - id: marketing\n", "  - id: appointment\n"}, "prohibited-declared", "- id: appointment\n    dpv: dpv:Marketing", ""},
	{"a purpose that is prohibited too, by term", []string{"dpv: dpv:Marketing", "dpv: dpv:CustomerCare"}, "prohibited-declared", "- id: marketing", ""},
	{"a rule for a prohibited purpose", []string{"groups: [slot], purposes: [appointment]", "groups: [slot], purposes: [marketing]"}, "prohibited-opened", "role: lead", ""},
	{"a rule for an unknown purpose", []string{"groups: [slot], purposes: [appointment]", "groups: [slot], purposes: [curiosity]"}, "unknown-purpose", "role: lead", "curiosity"},
	{"a rule for an unknown group", []string{"role: lead, groups: [slot]", "role: lead, groups: [diary]"}, "unknown-group", "role: lead", "diary"},
	{"a recipient of an unknown group", []string{"    groups: [slot]\n", "    groups: [diary]\n"}, "unknown-group", "groups: [diary]", ""},
	{"a recipient of an unknown field", []string{"one_of: [name, phone]", "one_of: [name, email]"}, "unknown-field", "one_of:", "email"},
	{"a recipient of nothing", []string{"    groups: [slot]\n    fields: [reminder]\n    one_of: [name, phone]\n", ""}, "missing-received", "- id: sms_gateway", ""},
	{"a transfer to nobody known", []string{"recipient: sms_gateway, safeguard", "recipient: pigeon, safeguard", "country: US\n", "country: FI\n"}, "unknown-recipient", "pigeon", ""},
	{"an unknown act", []string{"    law: [library_act]\n    dpv", "    law: [road_act]\n    dpv"}, "unknown-law", "road_act", ""},
	{"a subject who opens others' data", []string{"purposes: [appointment], relation: own", "purposes: [appointment], relation: any"}, "subject-not-own", "role: subject", "own"},
	{"a reviewer who chooses what to see", []string{"role: lead, groups: [slot], purposes: [appointment], relation: any", "role: quality_reviewer, groups: [slot], purposes: [appointment], relation: any"}, "reviewer-not-sampled", "role: quality_reviewer", "sampled"},
	{"a purpose that nobody serves", []string{"groups: [booking, slot], purposes: [appointment], relation: assigned", "groups: [booking, slot], purposes: [], relation: assigned", "groups: [booking, slot], purposes: [appointment], relation: own", "groups: [booking, slot], purposes: [], relation: own", "groups: [printouts], purposes: [appointment]", "groups: [printouts], purposes: []", lead, ""}, "purpose-unopened", "- id: appointment", ""},
	{"a group that nobody opens", []string{"{role: adviser, groups: [booking, slot]", "{role: adviser, groups: [slot]", "{role: subject, groups: [booking, slot]", "{role: subject, groups: [slot]"}, "group-unopened", "- id: booking", ""},
	{"a hold without cap (S1-37)", []string{"        for: P2Y\n", ""}, "hold-without-cap", "- id: complaint", ""},
	{"a hold that holds nothing", []string{"        for: P2Y\n", "        for: P18M\n"}, "hold-not-longer", "for: P18M", "P1Y6M"},
	{"a hold counted from its own day", []string{"        from: appointment.ended\n", "        from: request.closed\n"}, "hold-from", "from: request.closed", ""},
	{"a field number used twice", []string{"no: 4", "no: 3"}, "field-number-reuse", "no: 3\n        id: phone", "belongs to reminder"},
	{"a retired number", []string{"no: 4", "no: 2"}, "field-number-reuse", "no: 2\n        id: phone", "library_card (retired)"},
	{"a field in two groups", []string{"id: starts_at", "id: phone"}, "duplicate-id", "id: phone\n        type: instant", "declared twice"},
	{"two purposes with one id", []string{"prohibited_purposes:\n", "  - {id: appointment, basis: A6-1-a, dpv: 'dpv:CustomerCare', name: {fi: Toinen, sv: Annan, en: Another}}\nprohibited_purposes:\n"}, "duplicate-id", "basis: A6-1-a, dpv", "twice"},
	{"an enum without values", []string{"        values: [none, sms]\n", ""}, "enum-values", "no: 3", ""},
	{"a field without a source", []string{"source: [program]", "source: []"}, "missing-source", "no: 5", ""},
	{"a term that DPV lacks", []string{"dpv: pd:TelephoneNumber", "dpv: pd:TelephonNumber"}, "unknown-term", "pd:TelephonNumber", "did you mean pd:TelephoneNumber?"},
	{"a term of another kind", []string{"dpv: dpv:EncryptionAtRest", "dpv: dpv:CustomerCare"}, "wrong-term", "dpv: dpv:CustomerCare\n    name: {fi: Tiedot", "technical measure"},
	{"no data at all", nil, "missing-group", "groups: []", ""},
	{"no protection", []string{"measures:\n  - kind: technical\n    dpv: dpv:EncryptionAtRest\n    name: {fi: Tiedot on salattu., sv: Uppgifterna är krypterade., en: The data are encrypted.}\n", ""}, "missing-measures", "", ""},
	{"silence about paper (X-8)", []string{"manual_material:\n  exists: in_clarification\n  about: {fi: Tulosteet pidetään lukossa., sv: Utskrifterna hålls inlåsta., en: Prints are kept under lock.}\n  printing: {purposes: [appointment], within: P3W, log: printouts}\n", ""}, "missing-manual", "", ""},
	{"paper without protection (S4-16)", []string{"  about: {fi: Tulosteet pidetään lukossa., sv: Utskrifterna hålls inlåsta., en: Prints are kept under lock.}\n", ""}, "missing-manual", "exists: in_clarification", ""},
	{"printing where there is no paper", []string{"exists: in_clarification", `exists: "no"`}, "idle-printing", "printing:", ""},
	{"printing for no purpose", []string{"printing: {purposes: [appointment]", "printing: {purposes: []"}, "idle-printing", "printing:", ""},
	{"printing for an undeclared purpose", []string{"printing: {purposes: [appointment]", "printing: {purposes: [curiosity]"}, "unknown-purpose", "printing:", "curiosity"},
	{"printing without a list", []string{"log: printouts", "log: nowhere"}, "unknown-group", "printing:", "nowhere"},
	{"a list that ends before its printouts (S4-16)", []string{"within: P3W", "within: P4M"}, "printing-unlisted", "printing:", "P4M"},
	{"a list counted from another event", []string{"from: printout.made", "from: contact.closed"}, "printing-unlisted", "printing:", "printout.made"},
	{"silence about decisions", []string{"automated_decisions: {decisions: false, profiling: false}\n", ""}, "missing-automated", "", ""},
	{"decisions without their logic", []string{"{decisions: false, profiling: false}", "{decisions: true, profiling: false}"}, "missing-automated", "decisions: true", ""},
	{"no channel", []string{"channels: [booking]", "channels: []"}, "missing-channel", "channels", ""},
	{"a joint controller without duties", []string{"    duties: {fi: Hoitaa muistutukset., sv: Sköter påminnelserna., en: Sends the reminders.}\n", ""}, "missing-duties", "Naapurin kunta", "Art. 26"},
	{"a person's mailbox", []string{"    email: kirjaamo@naapuri.example.fi", "    email: maija.meikalainen@naapuri.example.fi"}, "personal-address", "maija.", "role"},
	{"not a mailbox", []string{"    email: kirjaamo@naapuri.example.fi", "    email: kirjaamo(at)naapuri.example.fi"}, "wrong-address", "kirjaamo(at)", ""},
	{"a contact without id", []string{"  - id: registry\n    name", "  - name"}, "missing-id", "Kirjaamo", ""},
	{"held before it was written", []string{"valid_from: 2026-04-01", "valid_from: 2026-03-01"}, "dates", "valid_from", ""},
	{"no time for an answer", []string{"answer: {within: P1M, extend: P2M, reasons: true}\n", ""}, "missing-answer", "", "P1M"},
	{"a longer time than the law's (S3-29)", []string{"within: P1M", "within: P2M"}, "answer-too-long", "within: P2M", "Art. 12(3)"},
	{"a longer extension than the law's (S3-30)", []string{"extend: P2M", "extend: P3M"}, "answer-too-long", "extend: P3M", ""},
	{"an extension without reasons (S3-30)", []string{", reasons: true}\n\naccess", "}\n\naccess"}, "extension-without-reasons", "within: P1M", ""},
	{"an answer to nothing", []string{"  - id: reminder_country\n", "  - id: reminder_country\n    answers: ['right-against-basis:A15']\n"}, "idle-answer", "answers:", "A15"},
	{"digits in prose", prose("Avoinna 24 tuntia.", "Öppet.", "Open."), "number-in-prose", "fi: Avoinna", "24"},
}

// wholeGroups is the example's part about data.
func wholeGroups(t *testing.T) string {
	t.Helper()
	part := regexp.MustCompile(`(?s)groups:\n  - id: booking.*?\nretired`).Find(example(t))
	return strings.TrimSuffix(string(part), "retired")
}

func TestEachFaultIsFound(t *testing.T) {
	for _, b := range faults {
		t.Run(b.name, func(t *testing.T) {
			if b.rule == "missing-group" {
				b.edits = []string{wholeGroups(t), "groups: []\n"}
			}
			source := example(t, b.edits...)
			n, problems := notice.Parse(source, "example.yaml")
			if n == nil {
				t.Fatalf("it cannot even be read:\n%v", problems)
			}
			found := errorOf(notice.Check(n), b.rule)
			if found == nil {
				t.Fatalf("no %s among:\n%v", b.rule, notice.Check(n))
			}
			if !strings.Contains(found.Error(), b.says) {
				t.Errorf("%q does not say %q", found.Error(), b.says)
			}
			if found.Mend == "" {
				t.Error("no way to mend it")
			}
			if b.at != "" && found.Line != lineOf(t, source, b.at) {
				t.Errorf("on line %d, want %d: %v", found.Line, lineOf(t, source, b.at), found)
			}
		})
	}
}

func errorOf(problems notice.Problems, rule string) *notice.Problem {
	for _, p := range problems.Errors() {
		if p.Rule == rule {
			return &p
		}
	}
	return nil
}

// The example itself and the edits' other halves are sound: a fault is found because of the fault.
func TestTheExampleHasNoFault(t *testing.T) {
	for _, p := range notice.Check(read(t)) {
		if p.Severity == notice.Error || p.Rule != "open-point" {
			t.Error(p)
		}
	}
}

// Every rule that the source of this package names is in the table above or read strictly.
func TestEveryRuleHasAFault(t *testing.T) {
	tried := []string{"syntax", "unfilled-field", "offered-type", "necessary-field", "field-apart", "open-point", "unknown-ground", "unknown-safeguard"}
	for _, b := range faults {
		tried = append(tried, b.rule)
	}
	for _, b := range strictCases {
		tried = append(tried, b.rule)
	}
	named := rulesInSource(t)
	for rule, file := range named {
		if !slices.Contains(tried, rule) {
			t.Errorf("%s: nothing is known to break the rule %q", file, rule)
		}
	}
	if len(named) < 60 {
		t.Errorf("only %d rules were found in the source: this test looks in the wrong place", len(named))
	}
}

// rulesInSource maps each rule that this package's source names to its file.
func rulesInSource(t *testing.T) map[string]string {
	t.Helper()
	return inSource(t, `(?:c|r)\.fail\([^"\n]*(?:"[^"\n]*"[^",\n]*)*?, "([a-z][a-z-]+[a-z])"`)
}

// grammarKeys are the keys that a notice can have.
func grammarKeys(t *testing.T) []string {
	t.Helper()
	return slices.Collect(maps.Keys(inSource(t, `\b(?:must|may)\("([a-z_]+)"`)))
}

func inSource(t *testing.T, pattern string) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]string)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(source, -1) {
			if !strings.HasSuffix(file, "_test.go") {
				out[string(m[1])] = file
			}
		}
	}
	return out
}

func TestAnAnsweredWarningIsANote(t *testing.T) { // S1.6, S3-T1
	refused := []string{"right: A20, granted: yes, route: registry", "right: A20, granted: no, ground: 'luukku:not-consent-or-contract'"}
	n := read(t, append(refused, "  - id: reminder_country\n", "  - id: reminder_country\n    answers: ['right-against-basis:A20']\n")...)
	problems := notice.Check(n)
	if err := problems.Err(); err != nil {
		t.Fatalf("answered, and still an error:\n%v", err)
	}
	for _, p := range problems {
		if p.Rule == "right-against-basis" && p.Severity == notice.Note {
			return
		}
	}
	t.Error("the check no longer shows what was answered")
}

func TestARightRefusedWithoutABasisForItNeedsNoAnswer(t *testing.T) {
	n := read(t)
	for _, p := range notice.Check(n) {
		if p.Rule == "right-against-basis" {
			t.Error(p) // A21 is refused; consent does not give it
		}
	}
}

func TestOpenPointsAreAlwaysShown(t *testing.T) {
	for _, p := range notice.Check(read(t)) {
		if p.Rule == "open-point" && strings.Contains(p.Message, "gateway is changed") && p.Severity == notice.Note {
			return
		}
	}
	t.Error("the open point is not shown")
}

func TestNumbersAndDurationsInProse(t *testing.T) {
	refused := map[string][]string{
		"fi": {
			"Tiedot säilytetään kaksi kuukautta.", "Kahden kuukauden kuluessa.", "Yhden vuoden ajan.", "Vuoden ajan.", "Kuukauden kuluessa.",
			"Puoli vuotta.", "Kolme päivää.", "Säilytysaika on 2 v.", "Kahdentoista kuukauden.", "Kolmenkymmenen päivän ajan.", "Parin viikon päästä.",
			"Vastaamme vuorokauden kuluessa.", "Kaksivuotinen säilytys.", "KAKSI KUUKAUTTA", "Kymmenen minuuttia.", "Se kestää viisi tuntia.", "Tunnin sisällä.",
		},
		"sv": {
			"Uppgifterna lagras i två månader.", "Inom en månad.", "Ett år.", "Ett halvt år.", "Tre dagar.", "Tio minuter.", "Trettio dagar.",
			"En tvåårig lagring.", "TVÅ MÅNADER", "Ett dygn.", "Några veckor.", "Femton minuter.",
		},
		"en": {
			"They are kept for two months.", "Within a month.", "One year.", "Half a year.", "A two-month period.", "Thirty days.", "An hour.",
			"Several weeks.", "TWO MONTHS", "Twelve calendar months.", "Fifteen minutes.",
		},
	}
	for lang, texts := range refused {
		for _, text := range texts {
			if errorOf(notice.Check(read(t, inLanguage(lang, text)...)), "number-in-prose") == nil {
				t.Errorf("%s: %q is accepted", lang, text)
			}
		}
	}
	accepted := map[string][]string{
		"fi": {"Vastaamme sinulle ensi kuussa, jos ehdimme.", "Kumpikin kahdesta rekisteristä.", "Yksi asia kerrallaan.", "Päivämäärä ja kellonaika.", "Kuukausittainen raportti.", "Vuosi ja kuukausi kirjataan."},
		"sv": {"En dagbok förs.", "En sak i taget.", "De två registren.", "Tidpunkten antecknas.", "Årsrapporten."},
		"en": {"One matter at a time.", "The two registers.", "The day and the time are recorded.", "A monthly report.", "A daybook."},
	}
	for lang, texts := range accepted {
		for _, text := range texts {
			if p := errorOf(notice.Check(read(t, inLanguage(lang, text)...)), "number-in-prose"); p != nil {
				t.Errorf("%s: %q is refused: %v", lang, text, p)
			}
		}
	}
}

func inLanguage(lang, text string) []string {
	t := map[string]string{"fi": "Teksti.", "sv": "Text.", "en": "Text."}
	t[lang] = text
	return prose(t["fi"], t["sv"], t["en"])
}
