package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// languages refuses a text that lacks fi, sv or en.
func (c *checker) languages() {
	for _, t := range c.n.texts {
		for _, lang := range languages {
			if !t.has[lang] {
				c.fail(t.path, "missing-language", t.path, fmt.Sprintf("%s has no text in %s", t.path, lang), "write "+lang+" as well")
			}
		}
	}
}

// prose refuses numbers and durations in texts: people must read the value that the program obeys.
func (c *checker) prose() {
	for _, t := range c.n.texts {
		if t.literals {
			continue
		}
		for _, lang := range languages {
			text := t.text.In(lang)
			if found := numberInProse(text, lang); found != "" {
				c.fail(t.path+"."+lang, "number-in-prose", t.path, fmt.Sprintf("%s.%s says %q in prose", t.path, lang, found),
					"leave it out; write the value in keep, answer, holds or law, from which people's text is made")
			}
		}
	}
}

// durationForms find "two months", "kaksi kuukautta", "två månader" and their like; digits are
// refused in any case. Numerals are listed in the forms in which they stand before a unit of time.
var durationForms = map[string]*regexp.Regexp{
	"fi": duration(`(?:puoli|puolen|puolta|puolessa|yksi|yhden|yhtä|yhdessä|kaksi|kahden|kahta|kahdessa|kolme|kolmen|kolmea|kolmessa|neljä|neljän|neljää|neljässä|viisi|viiden|viittä|viidessä|kuusi|kuuden|kuutta|kuudessa|seitsemän|seitsemää|seitsemässä|kahdeksan|kahdeksaa|yhdeksän|yhdeksää|kymmenen|kymmentä|\pL*toista|\pL*kymmen\pL*|pari|parin|paria|muutama|muutaman|muutamaa|usea|usean|useita)`,
		`(?:sekun\pL*|minuu\pL*|tun[tn]\pL*|päiv\pL*|vuorokau\pL*|viik\pL*|kuukau\pL*|kk|vuo[dst]\pL*|vuosi\pL*)`,
		`|(?:tunnin|päivän|vuorokauden|viikon|kuukauden|vuoden)\s+(?:ajan|ajaksi|kuluessa|kuluttua|sisällä|päästä)|(?:yksi|kaksi|kolmi|neli|viisi|kuusi|puoli|monivuoti)vuoti\pL*`),
	"sv": duration(`(?:en|ett|halv|halvt|ett\s+halvt|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\pL*ton|tjugo\pL*|trettio\pL*|\pL*tio|några|flera)`,
		`(?:sekund\pL*|minut\pL*|timm\pL*|dag|dagar\pL*|dygn\pL*|veck\pL*|månad\pL*|år|års|åren|årig\pL*)`,
		`|(?:en|ett|två|tre|fyra|fem|sex)(?:årig|månaders|veckors|dagars)\pL*`),
	"en": duration(`(?:a|an|one|half\s+a|half\s+an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\pL*teen|twenty\S*|thirty\S*|sixty\S*|ninety\S*|several|a\s+few)`,
		`(?:calendar\s+)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)`, ``),
}

var digitForm = regexp.MustCompile(`\S*[0-9]\S*`)

func duration(number, unit, more string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL])(` + number + `[\s-]+` + unit + more + `)(?:$|[^\pL])`)
}

// numberInProse returns the first number or duration of a text, or "".
func numberInProse(text, lang string) string {
	if d := digitForm.FindString(text); d != "" {
		return d
	}
	if !speaksOfTime(text, lang) {
		return ""
	}
	if m := durationForms[lang].FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// timeStems are parts of which every unit in durationForms has one. Looking for them first spares
// the slow expressions on most texts.
var timeStems = map[string][]string{
	"fi": {"sekun", "minuu", "tun", "päiv", "vuorokau", "viik", "kuukau", "kk", "vuo"},
	"sv": {"sekund", "minut", "timm", "dag", "dygn", "veck", "månad", "år"},
	"en": {"second", "minute", "hour", "day", "week", "month", "year"},
}

func speaksOfTime(text, lang string) bool {
	low := strings.ToLower(text)
	return slices.ContainsFunc(timeStems[lang], func(stem string) bool { return strings.Contains(low, stem) })
}

// dates refuses a notice that holds before it was written.
func (c *checker) dates() {
	if c.n.ValidFrom.Before(c.n.DrawnUp) {
		c.fail("valid_from", "dates", "", fmt.Sprintf("valid_from %s is before drawn_up %s", c.n.ValidFrom, c.n.DrawnUp), "correct one of them")
	}
}

// ids refuses an id that is used twice in its list.
func (c *checker) ids() {
	n := c.n
	unique(c, "contacts", n.Contacts, func(x Party) string { return x.ID })
	unique(c, "law", n.Law, func(x Law) string { return x.ID })
	unique(c, "purposes", n.Purposes, func(x Purpose) string { return x.ID })
	unique(c, "prohibited_purposes", n.ProhibitedPurposes, func(x Prohibited) string { return x.ID })
	unique(c, "groups", n.Groups, func(x Group) string { return x.ID })
	unique(c, "recipients", n.Recipients, func(x Recipient) string { return x.ID })
	unique(c, "rights", n.Rights, func(x Right) string { return x.Right })
	unique(c, "open_points", n.OpenPoints, func(x OpenPoint) string { return x.ID })
	for i, g := range n.Groups {
		unique(c, index("groups", i)+".holds", g.Holds, func(x Hold) string { return x.ID })
	}
}

func unique[T any](c *checker, list string, items []T, id func(T) string) {
	var seen []string
	for i, item := range items {
		if slices.Contains(seen, id(item)) {
			c.fail(index(list, i), "duplicate-id", id(item), fmt.Sprintf("%s has %q twice", list, id(item)), "give each its own")
		}
		seen = append(seen, id(item))
	}
}

// openEnded are ids that name no datum but leave the list open (S2, X-24).
var openEnded = []string{"other", "others", "misc", "miscellaneous", "etc", "additional", "additional_information", "extra", "anything", "free_field"}

// openEndedName finds a field's name that leaves the list open: "muut tiedot", "övriga uppgifter".
var openEndedName = regexp.MustCompile(`(?i)^(?:muu|muut|muita|muuta|övriga?|övrigt|annat|andra|other|any other|miscellaneous)(?:\s|$)|(?:jne|ym|mm|m\.m|osv|etc)\.?$`)

func leavesOpen(id string, name Text) bool {
	return slices.Contains(openEnded, id) || slices.ContainsFunc(languages[:], func(lang string) bool {
		return openEndedName.MatchString(strings.TrimSpace(name.In(lang)))
	})
}
