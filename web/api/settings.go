package api

// Versions are the newest versions of a service's parts, to be given back as the base of a change. A part
// that has never changed has version 0.
type Versions struct {
	Texts    int64 `json:"texts"`
	Topics   int64 `json:"topics"`
	Queues   int64 `json:"queues"`
	Hours    int64 `json:"hours"`
	Holidays int64 `json:"holidays"`
	Closure  int64 `json:"closure"`
	Origins  int64 `json:"origins"`
	Routing  int64 `json:"routing"`
}

// AdminServices are all services of the authority, with the registers that a new one can be opened under.
type AdminServices struct {
	Services    []AdminService `json:"services" nullable:"false"`
	Notices     []Named        `json:"notices" nullable:"false" doc:"Registers that a chat can be kept in"`
	GeneratedAt int64          `json:"generated_at"`
}

// AdminService is a service with everything that an administrator may change in it.
type AdminService struct {
	LeadService
	Notice Named          `json:"notice" doc:"The register that its contacts are kept in; it says what is asked and for how long it is kept"`
	Names  Text           `json:"names"`
	About  Text           `json:"about"`
	Topics []TopicSetting `json:"topics" nullable:"false"`
}

// TopicSetting is what a contact can be about. An empty id makes a new topic.
type TopicSetting struct {
	ID      string `json:"id" maxLength:"64"`
	Name    Text   `json:"name"`
	Retired bool   `json:"retired,omitempty" doc:"It is offered no more; send it without to offer it again"`
}

// NewService opens a service under a register.
type NewService struct {
	ID        string   `json:"id" minLength:"1" maxLength:"64" doc:"Lower-case letters, digits and hyphens; in addresses, for good"`
	Notice    string   `json:"notice" minLength:"1" maxLength:"64"`
	Names     Text     `json:"names"`
	About     Text     `json:"about"`
	Languages []string `json:"languages" nullable:"false" maxItems:"3"`
}

// TextsSet replaces what a service is called and what is told of it.
type TextsSet struct {
	Base  int64 `json:"base" minimum:"0" doc:"The version that was read; a newer one is not written over"`
	Names Text  `json:"names"`
	About Text  `json:"about"`
}

// TopicsSet replaces the topics of a service, in their order. One that is left out is offered no more.
type TopicsSet struct {
	Base   int64          `json:"base" minimum:"0"`
	Topics []TopicSetting `json:"topics" nullable:"false" maxItems:"60"`
}

// QueuesSet replaces the languages in which a service has a queue.
type QueuesSet struct {
	Base      int64    `json:"base" minimum:"0"`
	Languages []string `json:"languages" nullable:"false" maxItems:"3"`
}

// RoutingSet replaces how queues reach advisers, and when the lead is warned.
type RoutingSet struct {
	Base    int64   `json:"base" minimum:"0"`
	Routing Routing `json:"routing"`
}

// ClosureSet closes a service now, with a message in three languages, or opens it again.
type ClosureSet struct {
	Base    int64 `json:"base" minimum:"0"`
	Closed  bool  `json:"closed"`
	Message Text  `json:"message"`
}

// SettingChanges are changes of settings, the newest first.
type SettingChanges struct {
	Changes []SettingChange `json:"changes" nullable:"false"`
	Next    string          `json:"next,omitempty" doc:"Ask for what is before this line for more"`
}

// SettingChange is one change of one part of one thing.
type SettingChange struct {
	Line        string       `json:"line"`
	Kind        string       `json:"kind" doc:"service, answer, staff …"`
	ID          string       `json:"id" doc:"Of what was changed"`
	Name        string       `json:"name" doc:"What it is called now; its id when it is not known any more"`
	Part        string       `json:"part"`
	Version     int64        `json:"version"`
	Newest      bool         `json:"newest" doc:"Nobody has changed it since"`
	At          int64        `json:"at"`
	By          Named        `json:"by" doc:"Empty for the program, and for somebody whose account has ended"`
	Differences []Difference `json:"differences" nullable:"false" doc:"None where the values stand in the audit log only"`
	Restored    int64        `json:"restored" doc:"The version that was taken back into use; -1 in an ordinary change"`
	Restorable  bool         `json:"restorable"`
}

// Difference is one thing that was changed. One side is empty when it came or went.
type Difference struct {
	Field  string `json:"field"`
	Item   string `json:"item,omitempty" doc:"Which one of several: a weekday, a day, a topic"`
	Lang   string `json:"lang,omitempty" doc:"Language of the values"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// RestorePreview is what taking a version back would change now.
type RestorePreview struct {
	Base        int64        `json:"base" doc:"The newest version now"`
	Differences []Difference `json:"differences" nullable:"false"`
}

// RestoreSetting takes an earlier version back into use, as a change of its own.
type RestoreSetting struct {
	Kind string `json:"kind" minLength:"1" maxLength:"20"`
	ID   string `json:"id" minLength:"1" maxLength:"64"`
	Part string `json:"part" minLength:"1" maxLength:"40"`
	To   int64  `json:"to" minimum:"0" doc:"0 is how it was before the first change"`
	Base int64  `json:"base" minimum:"1"`
}
