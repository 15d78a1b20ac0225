package api

// RightsRequest is a request for a copy as the lists show it: nothing of what is in it.
type RightsRequest struct {
	ID           string      `json:"id"`
	Register     string      `json:"register"`
	RegisterName string      `json:"register_name"`
	Status       string      `json:"status" enum:"received,accepted,working,ready,closed"`
	Lang         string      `json:"lang"`
	ReceivedAt   int64       `json:"received_at"`
	Due          string      `json:"due" doc:"Last day for the answer"`
	DaysLeft     int         `json:"days_left" doc:"Below zero when the day has passed"`
	Warning      string      `json:"warning" enum:",soon,late,expiring,ended" doc:"expiring: what was found ends before the answer is due; ended: it has ended"`
	Extended     bool        `json:"extended"`
	Told         string      `json:"told" enum:",mailing,mailed,by_hand" doc:"How the person hears of the extension"`
	Ends         string      `json:"ends" doc:"Last day of what was found, or empty"`
	Outcome      string      `json:"outcome" enum:",granted,partly_granted,refused,no_data,destroyed"`
	Taken        bool        `json:"taken" doc:"An official of the unit handles it"`
	Mine         bool        `json:"mine" doc:"The reader handles it"`
	Link         *RightsLink `json:"link,omitempty"`
}

// RightsLink is how the newest link to a copy stands.
type RightsLink struct {
	State  string `json:"state" enum:"open,ended,locked"`
	Opened int64  `json:"opened" doc:"How often the copy was fetched"`
	EndsAt int64  `json:"ends_at"`
}

// RightsRequests are those that are not over, the one that is due first at the top.
type RightsRequests struct {
	Today    string          `json:"today"`
	Requests []RightsRequest `json:"requests" nullable:"false"`
	Next     string          `json:"next,omitempty" doc:"Ask for what is after this for more"`
}

// RightsRegister is a register that a request can be about, as its notice has it.
type RightsRegister struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Lookups []string `json:"lookups" nullable:"false" enum:"reference,email,phone" doc:"By what a person can be found"`
	Route   Route    `json:"route"`
	Written bool     `json:"written"`
	Must    string   `json:"must" doc:"What the request must say, as people read it; may be empty"`
	Answer  []string `json:"answer" nullable:"false" doc:"The sentences of the notice about the time"`
	Keep    string   `json:"keep"`
}

// Route is to whom requests about a register are sent.
type Route struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Email   string `json:"email"`
}

// RightsOptions is what the form of a request chooses from.
type RightsOptions struct {
	Today     string           `json:"today"`
	Registers []RightsRegister `json:"registers" nullable:"false"`
	Arrivals  []string         `json:"arrivals" nullable:"false" enum:"page,letter,email,counter,phone"`
	Evidence  []string         `json:"evidence" nullable:"false" enum:"reference_code,known_email,known_phone,identity_document,strong_identification,other"`
}

// RightsIntake is a request that the registry enters.
type RightsIntake struct {
	Register string `json:"register" minLength:"1" maxLength:"64"`
	Lang     string `json:"lang" enum:"fi,sv,en"`
	Arrived  string `json:"arrived" enum:"letter,email,counter,phone"`
	Day      string `json:"day" maxLength:"10" doc:"On which it came; empty is today"`
	By       string `json:"by" enum:",reference,email,phone"`
	Value    string `json:"value" maxLength:"300"`
	Text     string `json:"text" maxLength:"4000"`
	Name     string `json:"name" maxLength:"200"`
	Email    string `json:"email" maxLength:"254"`
	Address  string `json:"address" maxLength:"400"`
}

// RightsMade is a request that was entered.
type RightsMade struct {
	Request string `json:"request"`
	Due     string `json:"due"`
}

// RightsView is a request with what its reader may read of it.
type RightsView struct {
	Request RightsRequest  `json:"request"`
	Said    []ShownField   `json:"said" nullable:"false"`
	About   RightsRegister `json:"about"`
}

// RightsEvidence is what showed who asks.
type RightsEvidence struct {
	Evidence string `json:"evidence" enum:"reference_code,known_email,known_phone,identity_document,strong_identification,other"`
	Note     string `json:"note" maxLength:"200"`
}

// RightsReasons are the reasons for an extension, as the person is told.
type RightsReasons struct {
	Reasons string `json:"reasons" minLength:"1" maxLength:"4000"`
}

// RightsTold says how the person hears of an extension.
type RightsTold struct {
	Mailed bool `json:"mailed" doc:"A mail is on its way; otherwise the registry has to tell it"`
}

// RightsAnswer is an answer without a link.
type RightsAnswer struct {
	Outcome string `json:"outcome" enum:"granted,partly_granted,refused,no_data,destroyed"`
	Text    string `json:"text" minLength:"1" maxLength:"4000"`
}

// RightsDelivery is a link and its code. It is told once.
type RightsDelivery struct {
	Path   string `json:"path" doc:"Of the link below the authority's address"`
	Code   string `json:"code"`
	EndsAt int64  `json:"ends_at"`
}

// RightsFind asks an official's question to the register.
type RightsFind struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// RightsFound tells how many data a search found.
type RightsFound struct {
	N int `json:"n"`
}

// RightsDraft is a request with its draft, as its official sees it.
type RightsDraft struct {
	RightsView
	Gone      bool       `json:"gone" doc:"There was a draft, and retention has ended it"`
	Items     []CopyItem `json:"items" nullable:"false"`
	Undecided int        `json:"undecided"`
	Grounds   []string   `json:"grounds" nullable:"false" enum:"third_person,staff,secret"`
}

// CopyItem is one datum that was found.
type CopyItem struct {
	N        int64          `json:"n"`
	Contact  string         `json:"contact"`
	Field    string         `json:"field"`
	Name     string         `json:"name"`
	Type     string         `json:"type"`
	Staff    bool           `json:"staff" doc:"It is about staff"`
	At       int64          `json:"at" doc:"When the line was written, 0 where it is none"`
	By       string         `json:"by" enum:",citizen,adviser,note"`
	Decision string         `json:"decision" enum:"undecided,kept,covered,left_out"`
	Ground   string         `json:"ground" enum:",third_person,staff,secret"`
	Text     string         `json:"text"`
	Given    string         `json:"given" doc:"As it is given, where a part is covered"`
	File     *FileOfMessage `json:"file,omitempty" doc:"The file that it stands for, which goes along whole or not at all"`
}

// CopyDecision is what becomes of one datum.
type CopyDecision struct {
	Decision string     `json:"decision" enum:"kept,covered,left_out"`
	Ground   string     `json:"ground" enum:",third_person,staff,secret"`
	Spans    []CopySpan `json:"spans" nullable:"false" maxItems:"1000" doc:"The covered parts"`
}

// CopySpan is a part of a text, in UTF-16 units as browsers count.
type CopySpan struct {
	From int `json:"from" minimum:"0"`
	To   int `json:"to" minimum:"1"`
}

// RightsNothing gives a request back without a copy.
type RightsNothing struct {
	Outcome string `json:"outcome" enum:"no_data,destroyed"`
}
