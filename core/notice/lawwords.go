package notice

import (
	"strings"
)

// basisWords says in people's language what a basis of GDPR Art. 6(1) is.
var basisWords = map[string]Text{
	"A6-1-a": {"suostumuksesi", "ditt samtycke", "your consent"},
	"A6-1-b": {"sopimus kanssasi", "ett avtal med dig", "a contract with you"},
	"A6-1-c": {"lakisääteinen velvoite", "en rättslig förpliktelse", "a legal obligation"},
	"A6-1-d": {"elintärkeän edun suojaaminen", "skydd av ett grundläggande intresse", "protection of a vital interest"},
	"A6-1-e": {"yleistä etua koskeva tehtävä tai julkisen vallan käyttö", "en uppgift av allmänt intresse eller myndighetsutövning", "a task in the public interest or the exercise of official authority"},
	"A6-1-f": {"oikeutettu etu", "ett berättigat intresse", "a legitimate interest"},
}

// basisIn words a basis with its place in the Regulation.
func basisIn(basis, lang string) string {
	letter := basisLetter(basis)
	point := strings.TrimPrefix(letter, "A6-1-")
	place := map[string]string{
		"fi": "tietosuoja-asetuksen 6 artiklan 1 kohdan " + point + " alakohta",
		"sv": "artikel 6.1 " + point + " i dataskyddsförordningen",
		"en": "GDPR Article 6(1)(" + point + ")",
	}[lang]
	return upper(basisWords[letter].In(lang)) + " (" + place + ")"
}

// groundWords says why a right is refused. A ground without words cannot be used in a notice.
var groundWords = map[string]Text{
	"luukku:not-consent": {
		"Käsittely ei perustu suostumukseen, joten peruutettavaa ei ole.",
		"Behandlingen grundar sig inte på samtycke, så det finns inget att återkalla.",
		"The processing is not based on consent, so there is nothing to withdraw.",
	},
	"luukku:not-consent-or-contract": {
		"Oikeus koskee vain tietoja, joita käsitellään suostumuksen tai sopimuksen perusteella.",
		"Rätten gäller bara uppgifter som behandlas med stöd av samtycke eller avtal.",
		"The right concerns only data processed on the basis of consent or a contract.",
	},
	"luukku:consent-can-be-withdrawn": {
		"Käsittely perustuu suostumukseesi. Voit lopettaa sen peruuttamalla suostumuksesi.",
		"Behandlingen grundar sig på ditt samtycke. Du kan avsluta den genom att återkalla samtycket.",
		"The processing is based on your consent. You can end it by withdrawing the consent.",
	},
	"luukku:not-public-task": {
		"Käsittely on lakisääteinen velvoitteemme. Vastustamisoikeus ei koske sitä.",
		"Behandlingen är en rättslig förpliktelse för oss. Rätten att invända gäller inte den.",
		"The processing is our legal obligation. The right to object does not extend to it.",
	},
	"eu-gdpr:JustificationA17LegallyRequired": {
		"Laki velvoittaa meidät käsittelemään tietoja, joten niitä ei poisteta ennen säilytysajan päättymistä.",
		"Lagen förpliktar oss att behandla uppgifterna, så de raderas inte före lagringstidens slut.",
		"The law obliges us to process the data, so they are not erased before their time is over.",
	},
	"eu-gdpr:JustificationA17PublicInterest": {
		"Käsittelemme tietoja yleistä etua koskevassa tehtävässä, joten niitä ei poisteta ennen säilytysajan päättymistä.",
		"Vi behandlar uppgifterna i en uppgift av allmänt intresse, så de raderas inte före lagringstidens slut.",
		"We process the data for a task in the public interest, so they are not erased before their time is over.",
	},
	"eu-gdpr:JustificationA17OfficialAuthority": {
		"Käsittelemme tietoja julkista valtaa käyttäessämme, joten niitä ei poisteta ennen säilytysajan päättymistä.",
		"Vi behandlar uppgifterna i myndighetsutövning, så de raderas inte före lagringstidens slut.",
		"We process the data in the exercise of official authority, so they are not erased before their time is over.",
	},
	"eu-gdpr:JustificationA17LegalClaims": {
		"Tiedot ovat tarpeen oikeudellisen vaatimuksen vuoksi.",
		"Uppgifterna behövs för ett rättsligt anspråk.",
		"The data are needed for a legal claim.",
	},
	"eu-gdpr:JustificationA17Archiving": {
		"Tiedot arkistoidaan yleisen edun vuoksi.",
		"Uppgifterna arkiveras av allmänt intresse.",
		"The data are archived in the public interest.",
	},
}

// safeguardWords says what protects data in a third country (GDPR Art. 45–49).
var safeguardWords = map[string]Text{
	"eu-gdpr:A45-3":   {"komission päätös tietosuojan riittävyydestä", "kommissionens beslut om adekvat skyddsnivå", "the Commission’s adequacy decision"},
	"eu-gdpr:A46-2-a": {"viranomaisten välinen sitova asiakirja", "ett bindande instrument mellan myndigheter", "a binding instrument between authorities"},
	"eu-gdpr:A46-2-b": {"yritystä koskevat sitovat säännöt", "bindande företagsbestämmelser", "binding corporate rules"},
	"eu-gdpr:A46-2-c": {"komission vakiolausekkeet", "kommissionens standardavtalsklausuler", "the Commission’s standard contractual clauses"},
	"eu-gdpr:A46-2-d": {"valvontaviranomaisen vakiolausekkeet", "tillsynsmyndighetens standardavtalsklausuler", "the supervisory authority’s standard clauses"},
	"eu-gdpr:A46-2-e": {"hyväksytyt käytännesäännöt", "en godkänd uppförandekod", "an approved code of conduct"},
	"eu-gdpr:A46-2-f": {"hyväksytty sertifiointi", "en godkänd certifiering", "an approved certification"},
	"eu-gdpr:A46-3-a": {"valvontaviranomaisen hyväksymä sopimus", "ett avtal som tillsynsmyndigheten har godkänt", "a contract that the supervisory authority has authorised"},
	"eu-gdpr:A46-3-b": {"valvontaviranomaisen hyväksymä hallinnollinen järjestely", "ett administrativt arrangemang som tillsynsmyndigheten har godkänt", "an administrative arrangement that the supervisory authority has authorised"},
	"eu-gdpr:A49-1-a": {"nimenomainen suostumuksesi", "ditt uttryckliga samtycke", "your explicit consent"},
	"eu-gdpr:A49-1-b": {"sopimus kanssasi", "ett avtal med dig", "a contract with you"},
	"eu-gdpr:A49-1-c": {"sinun eduksesi tehty sopimus", "ett avtal i ditt intresse", "a contract in your interest"},
	"eu-gdpr:A49-1-d": {"tärkeä yleinen etu", "ett viktigt allmänintresse", "an important public interest"},
	"eu-gdpr:A49-1-e": {"oikeudellinen vaatimus", "ett rättsligt anspråk", "a legal claim"},
	"eu-gdpr:A49-1-f": {"elintärkeän edun suojaaminen", "skydd av ett grundläggande intresse", "protection of a vital interest"},
	"eu-gdpr:A49-1-g": {"siirto julkisesta rekisteristä", "överföring ur ett offentligt register", "a transfer from a public register"},
}

// lawIn cites an act: "Hallintolaki (434/2003), 8 §".
func lawIn(l Law, lang string) string {
	cite := "(" + l.Cite + ")"
	if strings.HasPrefix(l.Cite, "(") {
		cite = l.Cite
	}
	s := l.Name.In(lang) + " " + cite
	sections, articles := andList(l.Sections, lang), andList(l.Articles, lang)
	switch {
	case sections != "" && lang == "en":
		s += ", " + plural("section", l.Sections) + "\u00a0" + sections
	case sections != "":
		s += ", " + sections + "\u00a0§" // no line ends between a number and its sign
	case articles != "" && lang == "en":
		s += ", " + plural("Article", l.Articles) + "\u00a0" + articles
	case articles != "" && lang == "sv":
		s += ", " + pick(several(l.Articles), "artiklarna", "artikel") + "\u00a0" + articles
	case articles != "":
		s += ", " + articles + " artikla"
	}
	return s
}

// andList puts the language's "and" before the last of several numbers.
func andList(numbers, lang string) string { return join(strings.Split(numbers, ", "), lang) }

func several(list string) bool { return strings.ContainsAny(list, ",–-") }

func plural(word, list string) string {
	if several(list) {
		return word + "s"
	}
	return word
}

// lawsIn cites the acts with these ids.
func (n *Notice) lawsIn(ids []string, lang string) []string {
	var out []string
	for _, id := range ids {
		for _, l := range n.Law {
			if l.ID == id {
				out = append(out, lawIn(l, lang))
			}
		}
	}
	return out
}

// lower begins a text with a small letter, for the middle of a sentence.
func lower(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// upper begins a text with a capital.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
