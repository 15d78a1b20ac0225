package veil

import (
	"regexp"
	"strings"
)

// A name is known to be one by the words before it. After strong words one capitalised word is enough;
// after weak ones, which many other things follow, it takes two.

const capitalised = `\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?`

var announcements = []*regexp.Regexp{
	announced(`nimeni on|nimi on|nimeltäni|nimeltään|mitt namn är|jag heter|heter|my name is|named|called`, 1),
	announced(`herra|rouva|neiti|herr|fru|fröken|mr\.?|mrs\.?|ms\.?|dr\.?`, 1),
	announced(`(?:äi|i)[tds]i?(?:ni|lläni|lleni|stäni)|isäni|isälläni|mieheni|miehelläni|vaimoni|vaimollani|puolisoni|poikani|pojallani|`+
		`tyttäreni|lapseni|veljeni|siskoni|sisareni|naapurini|päämieheni|päämies|edunvalvojani|edunvalvoja|edunvalvottavani|edunvalvottava`, 1),
	announced(`(?:min|mitt) (?:mor|mamma|far|pappa|man|fru|make|maka|sambo|son|dotter|barn|bror|syster|granne|huvudman)|huvudmannen|intressebevakaren`, 1),
	announced(`my (?:mother|mum|father|dad|husband|wife|partner|son|daughter|child|brother|sister|neighbour)`, 1),
	announced(`olen|täällä|tässä|jag är|det är|här är|i am|i’m|i'm|this is|it is`, 2),
	// The end of a letter: the greeting and what follows it, also on the next line.
	announced(`terveisin|terv\.?|t\.|yst\. terv\.?|hälsningar|hälsar|mvh\.?|med vänlig hälsning|regards|best wishes|sincerely`, 1),
}

// announced is a form whose group is the name: at least so many capitalised words, at most three.
func announced(words string, least int) *regexp.Regexp {
	more := strings.Repeat(`[ \x{a0}]`+capitalised, least-1)
	return regexp.MustCompile(`(?:^|[^\p{L}])(?i:` + words + `)[ \x{a0}:,]*\s?(` + capitalised + more + `(?:[ \x{a0}]` + capitalised + `){0,2})`)
}

// announcedIn are the names that a text announces.
func announcedIn(text string) []string {
	var out []string
	for _, form := range announcements {
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			out = append(out, m[1])
		}
	}
	return out
}
