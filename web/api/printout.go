package api

// Printing tells that what is open can be printed for a clarification, under the purpose for which it is open.
type Printing struct {
	DestroyBy string `json:"destroy_by" format:"date" doc:"The last day of a printout that is made now"`
	Length    string `json:"length" doc:"How soon the notice wants a printout destroyed, in words"`
}

// PrintWish asks for a printout of a contact for the clarification of a case.
type PrintWish struct {
	CaseNumber string `json:"case_number" maxLength:"80" doc:"The authority's own number of the case; a personal identity code is refused"`
	Purpose    string `json:"purpose" minLength:"1" maxLength:"64" doc:"The purpose for which the contact is open"`
	Reason     string `json:"reason" maxLength:"500"`
}

// MadePrintout has its number and its line in the list; its page is fetched once, within an hour.
type MadePrintout struct {
	ID        string `json:"id"`
	Number    int64  `json:"number"`
	DestroyBy string `json:"destroy_by" format:"date"`
}

// Printouts is the list of those that the reader answers for, what is out first.
type Printouts struct {
	Printouts []Printout `json:"printouts" nullable:"false"`
	More      bool       `json:"more" doc:"There are more than are listed"`
	Keep      string     `json:"keep" doc:"How long the list is kept, as the notice says; empty where the list is"`
}

// Printout is one line of the list. The contact is not named.
type Printout struct {
	ID          string `json:"id"`
	Number      int64  `json:"number"`
	CaseNumber  string `json:"case_number" doc:"Empty once the line's time has passed"`
	Service     Named  `json:"service"`
	Purpose     string `json:"purpose" doc:"The purpose's name"`
	By          Named  `json:"by"`
	MadeAt      int64  `json:"made_at"`
	DestroyBy   string `json:"destroy_by" format:"date"`
	State       string `json:"state" enum:"waiting,unused,out,overdue,destroyed"`
	DestroyedAt int64  `json:"destroyed_at,omitempty"`
	DestroyedBy *Named `json:"destroyed_by,omitempty"`
	MayEnd      bool   `json:"may_end" doc:"The reader may mark it as destroyed"`
}

// PrintoutsDue counts what must be destroyed.
type PrintoutsDue struct {
	Overdue int `json:"overdue"`
	Today   int `json:"today"`
}
