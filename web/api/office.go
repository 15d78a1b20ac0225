package api

// Destruction is what will be destroyed, when, and under which sentence of which notice.
type Destruction struct {
	Today   string       `json:"today"`
	Buckets []DyingGroup `json:"buckets" nullable:"false"`
}

// DyingGroup is one bucket: everything of one notice's group that ends on the same day.
type DyingGroup struct {
	Day       string     `json:"day,omitempty" doc:"The last day on which it opens; destroyed at 24:00"`
	Event     string     `json:"event,omitempty" doc:"The event that ends it, when there is no day"`
	Notice    NoticeLink `json:"notice"`
	Version   int        `json:"version"`
	Group     string     `json:"group"`
	GroupName string     `json:"group_name"`
	Hold      string     `json:"hold,omitempty" doc:"The declared reason to keep longer"`
	Sentence  string     `json:"sentence" doc:"The notice's own sentence about the time, in the request's language"`
	State     string     `json:"state" enum:"living,closing,dead,dropped,gone"`
	Records   int64      `json:"records"`
	Overdue   bool       `json:"overdue" doc:"Its time has passed; it is being destroyed"`
}

// AuditQuery asks for the entries about one contact or of one member of staff.
type AuditQuery struct {
	By      string `json:"by" enum:"contact,staff"`
	ID      string `json:"id" minLength:"1" maxLength:"64"`
	Purpose string `json:"purpose" minLength:"1" maxLength:"64"`
	Reason  string `json:"reason" minLength:"1" maxLength:"500"`
	Before  string `json:"before,omitempty" maxLength:"200" doc:"Next of the page before"`
}

// AuditEntries is newest first.
type AuditEntries struct {
	Entries []AuditEntry `json:"entries" nullable:"false"`
	Next    string       `json:"next,omitempty" doc:"Ask with this as before for older ones"`
}

// AuditEntry says who did what to whose data, never what the data say.
type AuditEntry struct {
	At      int64  `json:"at"`
	Who     Named  `json:"who" doc:"Member of staff, or the word for the citizen or the program"`
	Kind    string `json:"kind" enum:"staff,subject,program"`
	Role    string `json:"role,omitempty"`
	Purpose string `json:"purpose"`
	Action  string `json:"action"`
	Notice  string `json:"notice,omitempty"`
	Group   string `json:"group,omitempty"`
	Row     string `json:"row,omitempty" doc:"The contact or other row that it is about"`
	Outcome string `json:"outcome"`
	Reason  string `json:"reason,omitempty"`
	Leaf    int64  `json:"leaf" doc:"Number in the tree, -1 until it is there"`
}

// Checkpoint is the signed head of the audit tree, in the C2SP form.
type Checkpoint struct {
	Origin string `json:"origin"`
	Size   int64  `json:"size"`
	Hash   string `json:"hash"`
	Note   string `json:"note" doc:"The signed note as it is published"`
	Key    string `json:"key" doc:"The verifier key"`
}

// Alarms is what needs a person.
type Alarms struct {
	Alarms []Alarm `json:"alarms" nullable:"false"`
}

// Alarm is one thing that needs a person, told in the request's language.
type Alarm struct {
	Kind   string `json:"kind" doc:"Permanent name, for example clock-alarm, second-store-unreachable, key-stock-low"`
	Since  int64  `json:"since,omitempty"`
	Text   string `json:"text"`
	Settle bool   `json:"settle" doc:"An administrator can settle it"`
}

// Directory is names to choose from.
type Directory struct {
	Staff []Named `json:"staff" nullable:"false"`
}

// Purposes is what the reader's role may choose in a notice.
type Purposes struct {
	Purposes []PurposeChoice `json:"purposes" nullable:"false"`
}
