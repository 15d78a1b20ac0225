package api

// Board is everything an adviser's first column shows, for one adviser.
type Board struct {
	Me          BoardMe        `json:"me"`
	Offer       *BoardOffer    `json:"offer,omitempty" doc:"A contact that the reader alone may take now"`
	Mine        []BoardContact `json:"mine" nullable:"false"`
	Queues      []BoardQueue   `json:"queues" nullable:"false"`
	Advisers    []BoardAdviser `json:"advisers" nullable:"false"`
	Handovers   []Handover     `json:"handovers" nullable:"false" doc:"Contacts on their way to the reader or from them"`
	GeneratedAt int64          `json:"generated_at"`
}

// BoardMe is the reader's own presence.
type BoardMe struct {
	ID       string `json:"id"`
	Presence string `json:"presence" enum:"present,busy,away,gone"`
	Load     int    `json:"load" doc:"Active contacts"`
	Capacity int    `json:"capacity" doc:"How many the program offers at once"`
}

// BoardOffer is a contact that the program offers to the reader until a moment; they take it by desk-take,
// or are not available any more and it goes to the next.
type BoardOffer struct {
	Contact string `json:"contact"`
	Service string `json:"service"`
	Lang    string `json:"lang"`
	Topic   string `json:"topic,omitempty"`
	Since   int64  `json:"since" doc:"Since when the citizen has waited"`
	Until   int64  `json:"until"`
}

// BoardContact is one of the reader's contacts. It holds nothing that was written in it.
type BoardContact struct {
	Contact        string `json:"contact"`
	Service        string `json:"service"`
	Lang           string `json:"lang"`
	Status         string `json:"status" enum:"waiting,active,closed,settled"`
	Topic          string `json:"topic,omitempty"`
	WaitingSince   int64  `json:"waiting_since,omitempty" doc:"Since when the citizen has waited for a reply"`
	Unread         int    `json:"unread"`
	CitizenPresent bool   `json:"citizen_present"`
	LastAt         int64  `json:"last_at"`
	ReopenUntil    int64  `json:"reopen_until,omitempty"`
	Along          bool   `json:"along,omitempty" doc:"Passed on; the reader still reads along"`
}

// Handover is a contact on its way from one adviser to another. It holds nothing that was written in it.
type Handover struct {
	Contact     string `json:"contact"`
	State       string `json:"state" enum:"asked,given,joined" doc:"asked: to has not answered; given: to has not looked at it; joined: it is with to, and from reads along"`
	Service     string `json:"service"`
	ServiceName string `json:"service_name"`
	Lang        string `json:"lang"`
	Topic       string `json:"topic,omitempty"`
	From        Named  `json:"from"`
	To          Named  `json:"to"`
	Reason      string `json:"reason,omitempty" enum:"expertise,language,shift_ends,workload"`
	At          int64  `json:"at"`
}

// BoardQueue is the queue of one service in one language, longest wait first.
type BoardQueue struct {
	Service      string         `json:"service"`
	Name         string         `json:"name"`
	Language     string         `json:"language"`
	Waiting      int            `json:"waiting"`
	LongestWaitS int            `json:"longest_wait_s"`
	Open         bool           `json:"open"`
	Contacts     []QueueContact `json:"contacts" nullable:"false"`
}

// QueueContact is one that waits.
type QueueContact struct {
	Contact string `json:"contact"`
	Since   int64  `json:"since"`
	Topic   string `json:"topic,omitempty"`
	Offered bool   `json:"offered,omitempty" doc:"It is being offered to an adviser"`
}

// BoardAdviser is a colleague who can be passed to.
type BoardAdviser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Presence string `json:"presence" enum:"present,busy,away,gone"`
	Load     int    `json:"load"`
	Capacity int    `json:"capacity"`
}

// DeskOptions is what the desk's forms choose from, in the request's language.
type DeskOptions struct {
	Services   []DeskService `json:"services" nullable:"false"`
	MaxMessage int           `json:"max_message" doc:"Longest message in characters"`
}

// DeskService is a service that the reader may serve or read in.
type DeskService struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Languages []string        `json:"languages" nullable:"false"`
	Topics    []Topic         `json:"topics" nullable:"false"`
	Outcomes  []Named         `json:"outcomes" nullable:"false"`
	Purposes  []PurposeChoice `json:"purposes" nullable:"false" doc:"For which the reader's roles may open a contact that is not theirs"`
	Prints    bool            `json:"prints,omitempty" doc:"Its notice declares printing for clarifications"`
	SearchBy  []string        `json:"search_by" nullable:"false" enum:"reference,email,phone"`
	Notice    NoticeLink      `json:"notice"`
}

// Topic is what a contact is about.
type Topic struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Retired bool   `json:"retired,omitempty" doc:"It is offered no more, and names what earlier contacts were about"`
}

// PurposeChoice is a purpose of the notice that the reader may choose.
type PurposeChoice struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Law    string `json:"law,omitempty"`
	Reason bool   `json:"reason" doc:"A reason has to be written"`
}

// Presence sets one's own.
type Presence struct {
	State string `json:"state" enum:"present,busy,away"`
}

// TakeNext takes the one that has waited longest, in the queues that the taker serves.
type TakeNext struct {
	Service  string `json:"service,omitempty" maxLength:"64"`
	Language string `json:"language,omitempty" enum:"fi,sv,en"`
}

// Taken is the contact just taken.
type Taken struct {
	Contact string `json:"contact"`
}

// ContactView is one contact as its reader may see it: what the purpose opens, and no more.
type ContactView struct {
	Contact            string       `json:"contact"`
	Service            string       `json:"service"`
	ServiceName        string       `json:"service_name"`
	Lang               string       `json:"lang"`
	Status             string       `json:"status" enum:"waiting,active,closed,settled"`
	Topic              string       `json:"topic,omitempty"`
	Outcome            string       `json:"outcome,omitempty"`
	OpenedAt           int64        `json:"opened_at"`
	StartedAt          int64        `json:"started_at,omitempty"`
	ClosedAt           int64        `json:"closed_at,omitempty"`
	ReopenUntil        int64        `json:"reopen_until,omitempty"`
	Mine               bool         `json:"mine" doc:"Assigned to the reader"`
	Adviser            *Named       `json:"adviser,omitempty"`
	CitizenPresent     bool         `json:"citizen_present"`
	Reading            Reading      `json:"reading"`
	Fields             []ShownField `json:"fields" nullable:"false"`
	Messages           []Message    `json:"messages" nullable:"false"`
	Last               int64        `json:"last"`
	SeenByCitizen      int64        `json:"seen_by_citizen"`
	DeliveredToCitizen int64        `json:"delivered_to_citizen"`
	SeenByMe           int64        `json:"seen_by_me"`
	Reference          string       `json:"reference,omitempty"`
	Keep               Keep         `json:"keep"`
	Files              *FileRules   `json:"files,omitempty" doc:"What the adviser may send; absent where the notice declares no files from them"`
	Printing           *Printing    `json:"printing,omitempty" doc:"Absent where the notice declares no printing for this purpose"`
	Actions            []string     `json:"actions" nullable:"false" enum:"reply,note,pass,close,reopen,end_abusive,take,reassign,leave"`
}

// Reading is the purpose under which this view was opened. It is on record.
type Reading struct {
	Purpose string `json:"purpose"`
	Name    string `json:"name"`
	Live    bool   `json:"live" doc:"A reading session runs: new messages are pushed"`
	Since   int64  `json:"since"`
}

// ShownField is an opened field with its label in the request's language.
type ShownField struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Value string `json:"value"`
	Type  string `json:"type"`
}

// Keep says how long this contact is kept and where that is written.
type Keep struct {
	Line   string     `json:"line"`
	Until  string     `json:"until,omitempty" doc:"The last day on which it opens, once it is known"`
	Notice NoticeLink `json:"notice"`
}

// DeskWrite is an adviser's message or internal note.
type DeskWrite struct {
	ClientID string `json:"client_id" minLength:"8" maxLength:"64"`
	Text     string `json:"text" minLength:"1" maxLength:"4000"`
	Lang     string `json:"lang" enum:"fi,sv,en"`
	Kind     string `json:"kind" enum:"reply,note"`
}

// Pass hands a contact to a colleague or to a service's queue: exactly one of the two.
type Pass struct {
	ToAdviser string `json:"to_adviser,omitempty" maxLength:"64"`
	ToService string `json:"to_service,omitempty" maxLength:"64"`
	Note      string `json:"note,omitempty" maxLength:"4000"`
	Reason    string `json:"reason,omitempty" enum:"expertise,language,shift_ends,workload"`
	Ask       bool   `json:"ask,omitempty" doc:"Ask the colleague first; nothing changes until they accept"`
}

// Elsewhere is every chat service on this server in which a citizen can start.
type Elsewhere struct {
	Services []OtherService `json:"services" nullable:"false"`
}

// OtherService is one of them; notice tells whether it keeps the same register.
type OtherService struct {
	Authority     string   `json:"authority"`
	AuthorityName string   `json:"authority_name"`
	Service       string   `json:"service"`
	Name          string   `json:"name"`
	Notice        string   `json:"notice"`
	Open          bool     `json:"open"`
	Languages     []string `json:"languages" nullable:"false" enum:"fi,sv,en"`
}

// Offer shows the citizen a service that keeps another register.
type Offer struct {
	Authority string `json:"authority" minLength:"1" maxLength:"64"`
	Service   string `json:"service" minLength:"1" maxLength:"64"`
	ClientID  string `json:"client_id" minLength:"8" maxLength:"64"`
}

// Close ends a contact. It can be reopened within the hour.
type Close struct {
	Topic   string `json:"topic" maxLength:"64"`
	Outcome string `json:"outcome" maxLength:"64"`
}

// ReadFor opens a contact for a purpose that its notice declares.
type ReadFor struct {
	Purpose string `json:"purpose" minLength:"1" maxLength:"64"`
	Reason  string `json:"reason" maxLength:"500"`
}

// Search asks for earlier contacts by one exact value. What is found is recorded, nothing is opened.
type Search struct {
	By      string `json:"by" enum:"reference,email,phone"`
	Value   string `json:"value" minLength:"1" maxLength:"200"`
	Purpose string `json:"purpose" minLength:"1" maxLength:"64"`
	Reason  string `json:"reason" maxLength:"500"`
}

// Found is what a search found, newest first.
type Found struct {
	Contacts []FoundContact `json:"contacts" nullable:"false"`
}

// FoundContact is a contact that was found; its contents open by read.
type FoundContact struct {
	Contact  string `json:"contact"`
	Service  string `json:"service"`
	Name     string `json:"name" doc:"The service's name"`
	Lang     string `json:"lang,omitempty"`
	Status   string `json:"status" enum:"waiting,active,closed,settled"`
	OpenedAt int64  `json:"opened_at"`
	ClosedAt int64  `json:"closed_at,omitempty"`
	Topic    string `json:"topic,omitempty"`
}
