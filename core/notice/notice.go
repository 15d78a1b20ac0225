// Package notice reads privacy notices. One file says to people what a register does with their
// data and to the program what it may do; nothing that is not written in it is stored or opened,
// and a file that contradicts itself is refused with its line and a way to mend it.
//
// The package knows the grammar, checks it, answers questions about it and renders it. It does no
// I/O: files arrive as bytes. See docs/notices.md for the grammar.
package notice

// Notice is one version of one register's declaration. It is immutable once parsed.
type Notice struct {
	ID        string // permanent, lower case with hyphens: "citizens-advice"
	Version   int    // from 1; a changed text is a new version
	DrawnUp   Day    // when this version was written
	ValidFrom Day    // the first day it holds
	Authority string // slug of the controller: "dvv"
	Statutory bool   // a register that a law orders to be kept (S4-25)
	Channels  []string
	Names     Text // the register's name
	About     Text // what the service is, for a reader who does not know it

	Controller       Party
	JointControllers []Party
	Contacts         []Party // whom to ask, by role
	DPO              *Party
	Complaint        *Party // the supervisory authority

	Law                []Law
	Purposes           []Purpose
	ProhibitedPurposes []Prohibited
	Groups             []Group
	Retired            []RetiredField
	Recipients         []Recipient
	Transfers          *Transfers
	Measures           []Measure
	Manual             *Manual
	Automated          *Automated
	Rights             []Right
	Answer             *Answer
	Access             []Rule
	Published          []Text // places where the notice can be read
	OpenPoints         []OpenPoint

	Source []byte // the file, byte for byte
	Digest string // SHA-256 of Source in lower-case hex
	File   string // the name it was read under

	at    map[string]Position // path of a node, such as "groups[0].keep.for", to its place
	texts []placedText
}

// Party is somebody who can be written to: a controller, a registry, an officer. Never a person's
// name: notices name roles.
type Party struct {
	ID      string // of a contact: "registry", "contact_person"
	Name    Text
	Address Text
	Phone   string
	Email   string
	Web     string
	Duties  Text // of a joint controller: which duties it carries (GDPR Art. 26)
}

// Law is an act that a purpose or a ground leans on.
type Law struct {
	ID       string
	Cite     string // number in the statute book, "304/2019", or "(EU) 2016/679"
	Sections string // of a Finnish act: "2", "4, 5"
	Articles string // of an EU regulation: "15", "12, 15–22"
	Name     Text
}

// Purpose is a declared purpose with its basis in GDPR Art. 6.
type Purpose struct {
	ID    string
	Basis string   // term of eu-gdpr: "A6-1-e"
	Law   []string // ids of Law
	DPV   string   // "dpv:CustomerCare"
	Name  Text
	About Text
}

// Prohibited is a purpose for which the register is never opened, said aloud.
type Prohibited struct {
	ID   string
	DPV  string
	Name Text
}

// Source says where a field's value comes from.
type Source string

// The sources of a field.
const (
	FromSubject   Source = "subject"
	FromStaff     Source = "staff"
	FromProgram   Source = "program"
	FromAuthority Source = "authority" // another authority or register
)

// Collected says when a field is collected.
type Collected string

// The moments at which a field is collected.
const (
	AtStart     Collected = "at_start"
	DuringUse   Collected = "during"
	AtEnd       Collected = "at_end"
	WhenOrdered Collected = "on_request" // only when the person asks for it
)

// FieldType is the form of a field's value.
type FieldType string

// The field types.
const (
	TypeText       FieldType = "text"   // free text of several lines
	TypeString     FieldType = "string" // one line
	TypeEmail      FieldType = "email"
	TypePhone      FieldType = "phone"
	TypeLanguage   FieldType = "language"
	TypeDuration   FieldType = "duration"
	TypeInstant    FieldType = "instant"
	TypeEnum       FieldType = "enum"
	TypeIdentifier FieldType = "identifier"
	TypeSecret     FieldType = "secret" // never shown to anybody
	TypeFile       FieldType = "file"   // what it is called, its kind and size; its content is a blob of the same record
)

// Field is one declared datum. No is permanent: sealed rows carry it instead of the id.
type Field struct {
	No        uint16
	ID        string
	Type      FieldType
	Required  bool
	DPV       string // "pd:EmailAddress"
	Source    []Source
	Collected Collected
	Values    []string // of an enum
	Name      Text
	About     Text
}

// RetiredField keeps the number of a field that is no longer collected from being used again.
type RetiredField struct {
	No uint16
	ID string
}

// Group is fields of one notice that share a retention and are sealed together.
type Group struct {
	ID     string
	Name   Text
	Fields []Field
	Keep   Keep
	Holds  []Hold
}

// RecipientKind says what somebody who receives data is.
type RecipientKind string

// The kinds of recipient.
const (
	Processor      RecipientKind = "processor"   // works for the controller (Art. 28)
	OtherAuthority RecipientKind = "authority"   // receives as a controller of its own
	ThirdParty     RecipientKind = "third_party" // anybody else
	SubjectSelf    RecipientKind = "subject"     // the person
	JointRecipient RecipientKind = "joint_controller"
)

// Recipient is somebody who receives data, what, and when.
type Recipient struct {
	ID      string
	Kind    RecipientKind
	Country string // ISO 3166-1 alpha-2: where the data are handled
	Name    Text
	Groups  []string // ids of groups that are received whole
	Fields  []string // ids of fields that are received
	OneOf   []string // ids of fields of which exactly one is received (S3-21)
	Law     []string // ids of Law
	When    Text     // the precondition
}

// Transfers says whether data leave the EU and the EEA.
type Transfers struct {
	OutsideEEA bool
	To         []Transfer
}

// Transfer is one transfer to a third country.
type Transfer struct {
	Country   string // ISO 3166-1 alpha-2
	Recipient string // id of Recipient
	Safeguard string // "eu-gdpr:A46-2-c"
}

// MeasureKind is technical, organisational or physical.
type MeasureKind string

// The kinds of measure.
const (
	Technical      MeasureKind = "technical"
	Organisational MeasureKind = "organisational"
	Physical       MeasureKind = "physical"
)

// Measure is one protection.
type Measure struct {
	Kind MeasureKind
	DPV  string
	Name Text
}

// Manual says whether paper arises: never, only in clarification cases, or always (S3-24, S4-15, S4-16).
type Manual struct {
	Exists   string // "no", "in_clarification", "yes"
	About    Text
	Printing *Printing // how the program prints; nil: it does not
}

// Automated says whether decisions are made or persons profiled automatically (GDPR Art. 22).
type Automated struct {
	Decisions bool
	Profiling bool
	About     Text
}

// Granted says how a right stands.
type Granted string

// The outcomes of a right.
const (
	Yes         Granted = "yes"
	No          Granted = "no"
	Conditional Granted = "conditional"
)

// Right is one right of the data subject with its route, or with the ground on which it is refused.
type Right struct {
	Right       string // term of eu-gdpr: "A15"
	Granted     Granted
	Route       string   // id of a contact
	Written     bool     // the request must be in writing
	MustSpecify []string // what the request must say: register, item, correct_value, reason, manner
	Ground      string   // of a refusal: "eu-gdpr:JustificationA17LegallyRequired", "luukku:not-consent"
	Law         []string
	About       Text // the condition, or how the right works here
}

// Answer is how long an answer to a request may take (GDPR Art. 12(3)).
type Answer struct {
	Within  Period
	Extend  Period
	Reasons bool // the person is told of an extension with its reasons
}

// OpenPoint is a question that the notice leaves to the controller, with the reading taken until then.
type OpenPoint struct {
	ID      string
	Answers []string // problems that it answers: "right-against-basis:A17"
	Text    Text
}
