package notice

import (
	"fmt"
	"strconv"
	"strings"
)

// Length words a period in lang, as it stands after "at most": "enintään kaksi kuukautta", "i högst
// två månader", "at most two months".
func Length(p Period, lang string) string { return lengthIn(p, lang, plain) }

// caseForm is the form that a Finnish length takes in its sentence; the other languages have one.
type caseForm int

const (
	plain    caseForm = iota // "kaksi kuukautta", "yhden kuukauden"
	genitive                 // "kahden kuukauden [kuluessa]"
)

// unitWords are a unit's forms: for one, and for more than one.
type unitWords struct{ one, many string }

// The order of the units is years, months, weeks, days.
var (
	unitsFI         = [4]unitWords{{"vuoden", "vuotta"}, {"kuukauden", "kuukautta"}, {"viikon", "viikkoa"}, {"päivän", "päivää"}}
	unitsFIGenitive = [4]unitWords{{"vuoden", "vuoden"}, {"kuukauden", "kuukauden"}, {"viikon", "viikon"}, {"päivän", "päivän"}}
	unitsSV         = [4]unitWords{{"år", "år"}, {"månad", "månader"}, {"vecka", "veckor"}, {"dag", "dagar"}}
	unitsEN         = [4]unitWords{{"year", "years"}, {"month", "months"}, {"week", "weeks"}, {"day", "days"}}

	numbersFI         = []string{"yhden", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen"}
	numbersFIGenitive = []string{"yhden", "kahden", "kolmen", "neljän", "viiden", "kuuden", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen"}
	numbersSV         = []string{"en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"}
	numbersEN         = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)

func lengthIn(p Period, lang string, form caseForm) string {
	units, numbers := unitsFI, numbersFI
	switch {
	case lang == "sv":
		units, numbers = unitsSV, numbersSV
	case lang == "en":
		units, numbers = unitsEN, numbersEN
	case form == genitive:
		units, numbers = unitsFIGenitive, numbersFIGenitive
	}
	var parts []string
	for i, n := range [4]int{p.Years, p.Months, p.Weeks, p.Days} {
		if n > 0 {
			parts = append(parts, count(n, units[i], numbers))
		}
	}
	return join(parts, lang)
}

// count words a number and its unit; large numbers stay figures.
func count(n int, unit unitWords, numbers []string) string {
	word := strconv.Itoa(n)
	if n <= len(numbers) {
		word = numbers[n-1]
	}
	if n > 1 {
		return word + " " + unit.many
	}
	if unit.one == "år" { // the only neuter unit
		word = "ett"
	}
	return word + " " + unit.one
}

// join lists words: "a, b and c".
func join(parts []string, lang string) string {
	and := map[string]string{"fi": " ja ", "sv": " och ", "en": " and "}[lang]
	return joinWith(parts, and)
}

func joinWith(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + last + parts[len(parts)-1]
}

var months = map[string][12]string{
	"sv": {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// DayIn writes a day as the language does: "1.10.2026", "1 oktober 2026", "1 October 2026".
func DayIn(d Day, lang string) string {
	y, m, day := d.Date()
	if names, ok := months[lang]; ok {
		return fmt.Sprintf("%d %s %d", day, names[m-1], y)
	}
	return fmt.Sprintf("%d.%d.%d", day, m, y)
}
