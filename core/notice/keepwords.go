package notice

import (
	"fmt"
	"time"
)

// eventWords are an event's forms in a sentence: from it, until it, and the condition of an example.
var eventWords = map[string]struct{ from, until, when Text }{
	ContactClosed: {
		from:  Text{"yhteydenoton päättymisestä", "från det att kontakten avslutades", "from the end of the contact"},
		until: Text{"yhteydenoton päättymiseen", "tills kontakten avslutas", "until the contact ends"},
		when:  Text{"yhteydenotto päättyy", "kontakten avslutas", "the contact ends"},
	},
	EntryWritten: {
		from:  Text{"merkinnän tekemisestä", "från det att anteckningen gjordes", "from the writing of the entry"},
		until: Text{"merkinnän tekemiseen", "tills anteckningen görs", "until the entry is written"},
		when:  Text{"merkintä tehdään", "anteckningen görs", "the entry is written"},
	},
	DutyEnded: {
		from:  Text{"tehtäväsi päättymisestä", "från det att ditt uppdrag upphörde", "from the end of your duty"},
		until: Text{"tehtäväsi päättymiseen", "tills ditt uppdrag upphör", "until your duty ends"},
		when:  Text{"tehtäväsi päättyy", "ditt uppdrag upphör", "your duty ends"},
	},
	RequestClosed: {
		from:  Text{"pyynnön käsittelyn päättymisestä", "från det att begäran slutbehandlades", "from the closing of the request"},
		until: Text{"pyynnön käsittelyn päättymiseen", "tills begäran slutbehandlas", "until the request is closed"},
		when:  Text{"pyynnön käsittely päättyy", "begäran slutbehandlas", "the request is closed"},
	},
	AppointmentEnded: {
		from:  Text{"varatun ajan päättymisestä", "från det att den bokade tiden tog slut", "from the end of the appointment"},
		until: Text{"varatun ajan päättymiseen", "tills den bokade tiden tar slut", "until the appointment ends"},
		when:  Text{"varattu aika päättyy", "den bokade tiden tar slut", "the appointment ends"},
	},
	TranscriptOrdered: {
		from:  Text{"keskusteluhistorian tilaamisesta", "från det att chatthistoriken beställdes", "from the ordering of the transcript"},
		until: Text{"keskusteluhistorian tilaamiseen", "tills chatthistoriken beställs", "until the transcript is ordered"},
		when:  Text{"keskusteluhistoria tilataan", "chatthistoriken beställs", "the transcript is ordered"},
	},
	TranscriptSent: {
		from:  Text{"keskusteluhistorian lähettämisestä", "från det att chatthistoriken skickades", "from the sending of the transcript"},
		until: Text{"keskusteluhistorian lähettämiseen", "tills chatthistoriken har skickats", "until the transcript has been sent"},
		when:  Text{"keskusteluhistoria lähetetään", "chatthistoriken skickas", "the transcript is sent"},
	},
	SampleDrawn: {
		from:  Text{"otoksen poimimisesta", "från det att stickprovet drogs", "from the drawing of the sample"},
		until: Text{"otoksen poimimiseen", "tills stickprovet dras", "until the sample is drawn"},
		when:  Text{"otos poimitaan", "stickprovet dras", "the sample is drawn"},
	},
	PrintoutMade: {
		from:  Text{"tulosteen ottamisesta", "från det att utskriften gjordes", "from the making of the printout"},
		until: Text{"tulosteen ottamiseen", "tills utskriften görs", "until the printout is made"},
		when:  Text{"tuloste otetaan", "utskriften görs", "the printout is made"},
	},
}

// KeepLine tells in one sentence how long a group is kept: for the point of asking, and beside the
// rule wherever it is shown.
func KeepLine(k Keep, lang string) string {
	e := eventWords[k.From]
	atLeast, until := k.Bound == AtLeast, ""
	if k.Until != "" {
		until = map[string]string{
			"fi": fmt.Sprintf(", kuitenkin vain %s saakka", eventWords[k.Until].until.FI),
			"sv": ", dock bara " + eventWords[k.Until].until.SV,
			"en": ", but only " + eventWords[k.Until].until.EN,
		}[lang]
	}
	length := Length(k.For, lang)
	switch lang {
	case "sv":
		return fmt.Sprintf("Vi lagrar uppgifterna i %s %s %s%s.", pick(atLeast, "minst", "högst"), length, e.from.SV, until)
	case "en":
		return fmt.Sprintf("We keep the data for %s %s %s%s.", pick(atLeast, "at least", "at most"), length, e.from.EN, until)
	}
	return fmt.Sprintf("Säilytämme tiedot %s %s %s%s.", pick(atLeast, "vähintään", "enintään"), length, e.from.FI, until)
}

func pick(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// keepExample reckons the last day for an event on the notice's first day, so that people see how
// the time is counted.
func keepExample(k Keep, on Day, lang string) string {
	e := eventWords[k.From]
	last := DayIn(k.LastDay(on.Start(time.UTC), time.UTC), lang)
	day := DayIn(on, lang)
	switch lang {
	case "sv":
		return fmt.Sprintf("Exempel: om %s den %s är den %s den sista dagen då uppgifterna kan öppnas.", e.when.SV, day, last)
	case "en":
		return fmt.Sprintf("Example: if %s on %s, the data can be opened on %s for the last time.", e.when.EN, day, last)
	}
	return fmt.Sprintf("Esimerkki: jos %s %s, tiedot voi avata viimeisen kerran %s.", e.when.FI, day, last)
}

// holdLine words a hold's cap.
func holdLine(h Hold, lang string) string {
	e, length := eventWords[h.From], Length(h.For, lang)
	switch lang {
	case "sv":
		return fmt.Sprintf("Högst %s %s", length, e.from.SV)
	case "en":
		return fmt.Sprintf("At most %s %s", length, e.from.EN)
	}
	return fmt.Sprintf("Enintään %s %s", length, e.from.FI)
}

// printingLine words what becomes of a printout.
func printingLine(p *Printing, lang string) string {
	within := lengthIn(p.Within, lang, genitive)
	switch lang {
	case "sv":
		return fmt.Sprintf("Varje utskrift numreras och antecknas i en förteckning. Den förstörs inom %s från utskriften, och senast när uppgifterna som den gjordes av förstörs.", within)
	case "en":
		return fmt.Sprintf("Each printout is numbered and listed. It is destroyed within %s of its making, and at the latest when the data it was taken from are destroyed.", within)
	}
	return fmt.Sprintf("Jokainen tuloste numeroidaan ja luetteloidaan. Se hävitetään %s kuluessa ottamisesta ja viimeistään silloin, kun tiedot, joista se on otettu, hävitetään.", within)
}

// answerLine words how long an answer to a request may take.
func answerLine(a *Answer, lang string) cell {
	within, extend := lengthIn(a.Within, lang, genitive), Length(a.Extend, lang)
	var first, more, reasons string
	switch lang {
	case "sv":
		first = fmt.Sprintf("Vi svarar på din begäran utan onödigt dröjsmål och senast inom %s.", within)
		more = fmt.Sprintf("Om saken kräver utredning kan vi förlänga tidsfristen med högst %s.", extend)
		reasons = "Då meddelar vi dig om förlängningen och skälen till den."
	case "en":
		first = fmt.Sprintf("We answer your request without undue delay and at the latest within %s.", within)
		more = fmt.Sprintf("If the matter needs clarification, we can extend the time by at most %s.", extend)
		reasons = "We then tell you of the extension and its reasons."
	default:
		first = fmt.Sprintf("Vastaamme pyyntöösi ilman aiheetonta viivytystä ja viimeistään %s kuluessa.", within)
		more = fmt.Sprintf("Jos asia vaatii selvittämistä, voimme ottaa lisäaikaa enintään %s.", extend)
		reasons = "Ilmoitamme sinulle silloin jatkamisesta ja sen syistä."
	}
	if a.Extend.Zero() {
		return lines(first)
	}
	if !a.Reasons {
		reasons = ""
	}
	return lines(first, more, reasons)
}
