package api

// Overview is who is present and who waits how long.
type Overview struct {
	Present     []PresentAdviser `json:"present" nullable:"false"`
	Queues      []BoardQueue     `json:"queues" nullable:"false"`
	Active      []ActiveContact  `json:"active" nullable:"false"`
	Services    []LeadService    `json:"services" nullable:"false"`
	GeneratedAt int64            `json:"generated_at"`
}

// PresentAdviser is one who is signed in to the desk.
type PresentAdviser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Presence string `json:"presence" enum:"present,busy,away,gone"`
	Load     int    `json:"load"`
	Capacity int    `json:"capacity" doc:"How many contacts they are offered at once"`
	Since    int64  `json:"since,omitempty"`

	Languages []string `json:"languages" nullable:"false" doc:"In which they are offered contacts"`
	Services  []string `json:"services" nullable:"false" doc:"Of those that the reader leads: in which they are offered contacts"`
}

// ActiveContact is one that an adviser serves now.
type ActiveContact struct {
	Contact        string `json:"contact"`
	Service        string `json:"service"`
	Lang           string `json:"lang"`
	Adviser        Named  `json:"adviser"`
	StartedAt      int64  `json:"started_at"`
	LastAt         int64  `json:"last_at"`
	WaitingSince   int64  `json:"waiting_since,omitempty" doc:"Since when the citizen has waited for a reply"`
	CitizenPresent bool   `json:"citizen_present"`
}

// LeadService is a service with what the lead may change in it.
type LeadService struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Open     bool      `json:"open"`
	OpensAt  int64     `json:"opens_at,omitempty"`
	ClosesAt int64     `json:"closes_at,omitempty"`
	Closure  Closure   `json:"closure"`
	Hours    []Hours   `json:"hours" nullable:"false"`
	Holidays []Holiday `json:"holidays" nullable:"false"`
	Widget   Widget    `json:"widget"`
	Langs    []string  `json:"languages" nullable:"false" doc:"Each has a queue of its own"`
	Routing  Routing   `json:"routing"`
	Versions Versions  `json:"versions"`
}

// Routing is how the queues of a service reach advisers, and when its lead is warned.
type Routing struct {
	Push        []string `json:"push" nullable:"false" maxItems:"3" enum:"fi,sv,en" doc:"Languages whose queues the program offers to advisers; from the others they take by hand"`
	OfferS      int      `json:"offer_s" minimum:"10" maximum:"120" doc:"For how many seconds a contact is offered to one adviser"`
	WidenS      int      `json:"widen_s" minimum:"0" maximum:"3600" doc:"After how long a wait a contact is offered to advisers without its language, if nobody with it is available; 0 is never"`
	WarnWaiting int      `json:"warn_waiting" minimum:"0" maximum:"1000" doc:"The lead is warned when so many wait; 0 is never"`
	WarnWaitS   int      `json:"warn_wait_s" minimum:"0" maximum:"7200" doc:"The lead is warned when somebody has waited so long; 0 is never"`
	WarnNobody  bool     `json:"warn_nobody" doc:"The lead is warned when the service is open and no adviser is available"`
}

// Advisers are those who advise in a service that the reader leads.
type Advisers struct {
	Advisers []LedAdviser `json:"advisers" nullable:"false"`
}

// LedAdviser is an adviser with what the program offers them.
type LedAdviser struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	May       []Named  `json:"may" nullable:"false" doc:"Of the services that the reader leads: those that the adviser's access rights reach"`
	Languages []string `json:"languages" nullable:"false"`
	Services  []string `json:"services" nullable:"false"`
	Capacity  int      `json:"capacity"`
}

// Skill is what the program offers an adviser.
type Skill struct {
	Languages []string `json:"languages" nullable:"false" maxItems:"3" enum:"fi,sv,en"`
	Services  []string `json:"services" nullable:"false" maxItems:"1000"`
	Capacity  int      `json:"capacity" minimum:"1" maximum:"20"`
}

// Widget is what carries the service's chat on other sites.
type Widget struct {
	Origins   []string `json:"origins" nullable:"false" doc:"Of the sites whose pages may carry the chat"`
	Integrity string   `json:"integrity" doc:"Of the script as this version of the program serves it (Subresource Integrity); empty where the front end is not built"`
}

// OriginSet replaces all origins of a service.
type OriginSet struct {
	Base    int64    `json:"base" minimum:"0" doc:"The version that was read; a newer one is not written over"`
	Origins []string `json:"origins" nullable:"false" maxItems:"100" example:"[\"https://www.example.fi\"]"`
}

// Closure is a closing by hand, with its message in three languages.
type Closure struct {
	Closed  bool `json:"closed"`
	Message Text `json:"message"`
}

// Hours is one span of one weekday in the authority's time zone.
type Hours struct {
	Weekday int    `json:"weekday" minimum:"1" maximum:"7" doc:"1 is Monday"`
	Opens   string `json:"opens" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" example:"09:00"`
	Closes  string `json:"closes" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" example:"16:00"`
}

// HoursSet replaces all service hours of a service.
type HoursSet struct {
	Base  int64   `json:"base" minimum:"0" doc:"The version that was read; a newer one is not written over"`
	Hours []Hours `json:"hours" nullable:"false" maxItems:"28"`
}

// Holiday is a day with hours of its own; without opens it is closed all day.
type Holiday struct {
	Day    string `json:"day" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" example:"2026-12-06"`
	Opens  string `json:"opens,omitempty" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$"`
	Closes string `json:"closes,omitempty" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"`
	Name   *Text  `json:"name,omitempty"`
}

// HolidaySet replaces all exceptional days of a service.
type HolidaySet struct {
	Base     int64     `json:"base" minimum:"0" doc:"The version that was read; a newer one is not written over"`
	Holidays []Holiday `json:"holidays" nullable:"false" maxItems:"400"`
}

// Reassign moves a contact to another adviser.
type Reassign struct {
	ToAdviser string `json:"to_adviser" minLength:"1" maxLength:"64"`
}

// Report is counted facts. A count below the limit is not told, and neither is one from which it could be worked out.
type Report struct {
	From       string        `json:"from" doc:"First day of the whole months that were asked for"`
	To         string        `json:"to"`
	Service    string        `json:"service,omitempty"`
	Suppressed int           `json:"suppressed_below"`
	Tables     []ReportTable `json:"tables" nullable:"false"`
}

// DaysReport is counted facts of one day or one week.
type DaysReport struct {
	Report
	Arrived  ReportRow `json:"arrived"`
	Answered ReportRow `json:"answered"`
	Left     ReportRow `json:"left" doc:"Who were never taken out of the queue"`
	Median   string    `json:"median" doc:"The waiting band that half of those who were answered did not exceed; empty where it cannot be told"`
	Ninety   string    `json:"ninety" doc:"The same of nine in ten"`
}

// ReportTable counts contacts by one dimension.
type ReportTable struct {
	By   string      `json:"by" enum:"day,service,hour,language,topic,outcome,wait,length,help,correct,clear,complete,polite"`
	Rows []ReportRow `json:"rows" nullable:"false"`
}

// ReportRow is one count.
type ReportRow struct {
	Value      string `json:"value"`
	Label      string `json:"label"`
	Count      int64  `json:"count"`
	Suppressed bool   `json:"suppressed" doc:"The count is withheld; count is then what can be told: at least so many"`
}
