package notice

import "strings"

// Facts is what a person must be told beside a copy of their data (GDPR Art. 15(1) and (2)), in one
// language, from the values that the program obeys.
type Facts struct {
	Controller Who         `json:"controller"`
	DPO        *Who        `json:"data_protection_officer,omitempty"`
	Purposes   []FactFor   `json:"purposes"`
	Categories []FactGroup `json:"categories"`
	Recipients []FactTo    `json:"recipients"`
	Transfers  string      `json:"transfers"`
	Rights     []FactRight `json:"rights"`
	Answer     []string    `json:"answer"`
	Complaint  *Who        `json:"complaint,omitempty"`
	Automated  string      `json:"automated_decisions"`
}

// Who is somebody who can be written to.
type Who struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Email   string `json:"email,omitempty"`
	Web     string `json:"web,omitempty"`
}

// FactFor is a purpose with its basis.
type FactFor struct {
	Name  string   `json:"name"`
	Basis string   `json:"basis"`
	Law   []string `json:"law"`
}

// FactGroup is a category of data with its retention and, for each datum, where it comes from.
type FactGroup struct {
	Name   string      `json:"name"`
	Keep   string      `json:"retention"`
	Fields []FactField `json:"fields"`
}

// FactField is one declared datum.
type FactField struct {
	Field  string `json:"field"`
	Name   string `json:"name"`
	Source string `json:"source"`
}

// FactTo is somebody who receives data.
type FactTo struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Receives []string `json:"receives"`
	When     string   `json:"when,omitempty"`
	Country  string   `json:"country"`
}

// FactRight is one right, whether there is it, and how it is used or why it is refused.
type FactRight struct {
	Right   string   `json:"right"`
	Name    string   `json:"name"`
	Granted string   `json:"granted"`
	How     []string `json:"how"`
}

// FactsOf are the facts of a notice in lang ("fi", "sv" or "en").
func FactsOf(n *Notice, lang string) Facts {
	f := Facts{Controller: whoIn(n.Controller, lang), Purposes: []FactFor{}, Categories: []FactGroup{}, Recipients: []FactTo{}, Rights: []FactRight{}, Answer: []string{}}
	if n.DPO != nil {
		who := whoIn(*n.DPO, lang)
		f.DPO = &who
	}
	if n.Complaint != nil {
		who := whoIn(*n.Complaint, lang)
		f.Complaint = &who
	}
	for _, p := range n.Purposes {
		f.Purposes = append(f.Purposes, FactFor{p.Name.In(lang), basisIn(p.Basis, lang), asList(n.lawsIn(p.Law, lang))})
	}
	for _, g := range n.Groups {
		f.Categories = append(f.Categories, factGroup(g, lang))
	}
	for _, r := range n.Recipients {
		f.Recipients = append(f.Recipients, FactTo{r.Name.In(lang), say("kind_"+string(r.Kind), lang), asList(n.receivedBy(r, lang)), r.When.In(lang), countryIn(r.Country, lang)})
	}
	f.Transfers = n.transferFact(lang)
	for _, id := range rightsOfSubject {
		if r := n.Right(id); r != nil {
			f.Rights = append(f.Rights, FactRight{id, say("right_"+id, lang), say(string(r.Granted), lang), asList(n.howTo(r, lang))})
		}
	}
	if n.Answer != nil {
		f.Answer = asList(answerLine(n.Answer, lang))
	}
	if n.Automated != nil {
		f.Automated = say(pick(n.Automated.Decisions, "decisions", "no_decisions"), lang) + " " + say(pick(n.Automated.Profiling, "profiling", "no_profiling"), lang)
	}
	return f
}

// FactHeading is the heading under which notices tell a part: "purposes", "data", "retention",
// "recipients", "automated", "rights", "controller".
func FactHeading(part, lang string) string { return say("h_"+part, lang) }

// MustSay is what a request that uses a right must say, in one phrase; "" when that is nothing.
func MustSay(r *Right, lang string) string {
	var items []string
	for _, s := range r.MustSpecify {
		items = append(items, say("specify_"+s, lang))
	}
	return join(items, lang)
}

// asList is never nil, so that it is a list in JSON.
func asList[T ~[]string](all T) []string { return append([]string{}, all...) }

func whoIn(p Party, lang string) Who {
	return Who{p.Name.In(lang), p.Address.In(lang), p.Email, p.Web}
}

func factGroup(g Group, lang string) FactGroup {
	out := FactGroup{Name: g.Name.In(lang), Keep: KeepLine(g.Keep, lang), Fields: []FactField{}}
	for _, f := range g.Fields {
		var sources []string
		for _, s := range f.Source {
			sources = append(sources, say("source_"+string(s), lang))
		}
		out.Fields = append(out.Fields, FactField{f.ID, f.Name.In(lang), upper(join(sources, lang))})
	}
	return out
}

func (n *Notice) transferFact(lang string) string {
	if n.Transfers == nil {
		return ""
	}
	if !n.Transfers.OutsideEEA {
		return say("no_transfer", lang)
	}
	var all []string
	for _, t := range n.Transfers.To {
		all = append(all, countryIn(t.Country, lang)+": "+safeguardWords[t.Safeguard].In(lang))
	}
	return say("transfers", lang) + ": " + strings.Join(all, "; ")
}
