package api

// AnswerText is a ready answer in each language, "" where nothing is written in it.
type AnswerText struct {
	FI string `json:"fi" maxLength:"4000"`
	SV string `json:"sv" maxLength:"4000"`
	EN string `json:"en" maxLength:"4000"`
}

// AnswerWrite is what a lead writes of a ready answer.
type AnswerWrite struct {
	Name     string     `json:"name" maxLength:"100"`
	Shortcut string     `json:"shortcut" maxLength:"30" doc:"Lower-case letters, digits and hyphens"`
	Services []string   `json:"services" nullable:"false" maxItems:"200" doc:"Services that it is for; none means all"`
	Text     AnswerText `json:"text"`
	Review   string     `json:"review" maxLength:"10" doc:"Day by which it is read through again, or empty"`
}

// AnswerSave makes a new version of a ready answer.
type AnswerSave struct {
	Base    int64       `json:"base" minimum:"1" doc:"The version that was read; a newer one is not written over"`
	Content AnswerWrite `json:"content"`
}

// AnswerRevert makes an older version the newest again.
type AnswerRevert struct {
	Base int64 `json:"base" minimum:"1"`
	To   int64 `json:"to" minimum:"1"`
}

// AnswerArchive takes a ready answer out of use, or back into it.
type AnswerArchive struct {
	Archived bool `json:"archived"`
}

// Answer is one version of a ready answer.
type Answer struct {
	ID         string     `json:"id"`
	Version    int64      `json:"version"`
	At         int64      `json:"at" doc:"When the version was saved"`
	ArchivedAt int64      `json:"archived_at,omitempty"`
	Name       string     `json:"name"`
	Shortcut   string     `json:"shortcut"`
	Services   []string   `json:"services" nullable:"false"`
	Text       AnswerText `json:"text"`
	Missing    []string   `json:"missing" nullable:"false" enum:"fi,sv,en" doc:"Languages that nothing is written in"`
	Review     string     `json:"review"`
	Overdue    bool       `json:"overdue" doc:"The review day has passed"`
	Mine       bool       `json:"mine" doc:"The reader may change it"`
}

// Answers is every ready answer of the authority, with what a form chooses from.
type Answers struct {
	Answers   []Answer `json:"answers" nullable:"false"`
	Services  []Named  `json:"services" nullable:"false"`
	Variables []string `json:"variables" nullable:"false"`
	All       bool     `json:"all" doc:"The reader leads every service, so may write for all of them"`
	Led       []string `json:"led" nullable:"false" doc:"Services that the reader leads"`
}

// AnswerVersions is every version of one ready answer, the newest first.
type AnswerVersions struct {
	Versions []Answer `json:"versions" nullable:"false"`
}

// DeskAnswer is a ready answer as an adviser uses it.
type DeskAnswer struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Shortcut string     `json:"shortcut"`
	Text     AnswerText `json:"text"`
}

// DeskAnswers are those offered in a service, with the values of what their variables stand for now.
type DeskAnswers struct {
	Answers   []DeskAnswer `json:"answers" nullable:"false"`
	Values    AnswerValues `json:"values"`
	Adviser   bool         `json:"adviser" doc:"The notice lets a contact keep the adviser's name"`
	Variables []string     `json:"variables" nullable:"false" doc:"The whole list; what has no value stays in its braces"`
}

// AnswerValues are values of variables by language.
type AnswerValues struct {
	FI map[string]string `json:"fi"`
	SV map[string]string `json:"sv"`
	EN map[string]string `json:"en"`
}
