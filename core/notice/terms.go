package notice

import (
	_ "embed" // the vocabulary below
	"regexp"
	"slices"
	"strings"
)

//go:embed vocabulary/dpv-2.3.txt
var vocabularyText string

// vocabulary maps each term of DPV 2.3, "dpv:CustomerCare", to the letter of its kind.
var vocabulary = parseVocabulary(vocabularyText)

func parseVocabulary(text string) map[string]byte {
	terms := make(map[string]byte, 1600)
	for line := range strings.Lines(text) {
		if kind, term, ok := strings.Cut(strings.TrimSpace(line), " "); ok && len(kind) == 1 && kind != "#" {
			terms[term] = kind[0]
		}
	}
	return terms
}

// Kinds of terms in the vocabulary.
const (
	kindPurpose        = 'P'
	kindData           = 'D'
	kindTechnical      = 'T'
	kindOrganisational = 'O'
	kindPhysical       = 'F'
	kindBasis          = 'B'
)

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

// eea are the countries of the EU and the EEA.
var eea = strings.Fields("AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IE IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE")

func inEEA(country string) bool { return slices.Contains(eea, country) }

// The events that a retention can count from or end at.
const (
	ContactClosed    = "contact.closed"
	EntryWritten     = "entry.written"
	DutyEnded        = "duty.ended"
	RequestClosed    = "request.closed"
	AppointmentEnded = "appointment.ended"

	TranscriptOrdered = "transcript.ordered" // a citizen asked for the conversation by e-mail
	TranscriptSent    = "transcript.sent"    // the mail was handed over, or given up

	SampleDrawn = "sample.drawn" // the program drew contacts for a review

	PrintoutMade = "printout.made" // a printout was made for a clarification
)

// Events returns the closed list of events.
func Events() []string {
	return []string{ContactClosed, EntryWritten, DutyEnded, RequestClosed, AppointmentEnded, TranscriptOrdered, TranscriptSent, SampleDrawn, PrintoutMade}
}

// rightsOfSubject are the rights that a notice must answer for, in the order in which people read
// them. Art. 13 and 14 are the notice itself.
var rightsOfSubject = []string{"A15", "A16", "A17", "A18", "A20", "A21", "A22", "A7-3", "A77"}

// specifics are what a request must say.
var specifics = []string{"register", "reference_code", "contact_time", "item", "correct_value", "manner", "reason"}

// rightsByBasis is DPV 2.3's own map (legal_basis_rights_mapping.csv) from a basis of Art. 6 to the
// rights that can be asked for, without the rights to be informed.
var rightsByBasis = map[string][]string{
	"A6-1-a": {"A15", "A16", "A17", "A18", "A20", "A22", "A7-3", "A77"},
	"A6-1-b": {"A15", "A16", "A17", "A18", "A20", "A22", "A77"},
	"A6-1-c": {"A15", "A16", "A18", "A77"},
	"A6-1-d": {"A15", "A16", "A17", "A18", "A22", "A77"},
	"A6-1-e": {"A15", "A16", "A18", "A21", "A22", "A77"},
	"A6-1-f": {"A15", "A16", "A17", "A18", "A21", "A22", "A77"},
}

// basisLetter gives the basis without its finer part: "A6-1-e-public-interest" is "A6-1-e".
func basisLetter(basis string) string {
	if len(basis) > len("A6-1-e") {
		return basis[:len("A6-1-e")]
	}
	return basis
}

// repealed are acts that notices of the public sector used to cite, with the day on which they
// ceased and what to read instead.
var repealed = map[string]struct {
	since   Day
	instead string
}{
	"471/1987": {"1999-06-01", "regulation (EU) 2016/679 and 1050/2018"},
	"523/1999": {"2019-01-01", "regulation (EU) 2016/679 and 1050/2018"},
	"95/46/EC": {"2018-05-25", "regulation (EU) 2016/679"},
	"507/1993": {"2010-03-01", "661/2009"},
	"365/1995": {"2015-05-01", "410/2015"},
	"493/1995": {"2014-01-01", "872/2011"},
	"634/2011": {"2020-01-01", "906/2019"},
	"760/2017": {"2020-01-01", "304/2019"},
}

// notABasis are sections that are cited as a basis but speak of something else (S4-T2).
var notABasis = map[string]string{
	"1050/2018 8": "section 8 is about the Data Protection Ombudsman; the public-interest basis is section 4",
}
