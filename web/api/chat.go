package api

// Services is what an authority offers by chat at this moment.
type Services struct {
	Authority Named         `json:"authority"`
	Services  []ChatService `json:"services" nullable:"false"`
}

// ChatService is one service, whether open or not, with exactly the fields that its notice declares.
type ChatService struct {
	ID            string     `json:"id"`
	Name          string     `json:"name"`
	Description   string     `json:"description"`
	Open          bool       `json:"open"`
	OpensAt       int64      `json:"opens_at,omitempty" doc:"When it opens next, if it is closed and that is known"`
	ClosesAt      int64      `json:"closes_at,omitempty" doc:"When it closes, if it is open and closes within a day"`
	ClosedMessage string     `json:"closed_message,omitempty" doc:"What the authority says about a closure made by hand"`
	Languages     []string   `json:"languages" nullable:"false" enum:"fi,sv,en"`
	Topics        []Topic    `json:"topics" nullable:"false"`
	Fields        []AskField `json:"fields" nullable:"false" doc:"What may be asked at the start; empty where the notice declares nothing"`
	Notice        NoticeLink `json:"notice"`
	KeepLine      string     `json:"keep_line" doc:"What is kept and how long, in one sentence made from the notice's values"`

	TranscriptKeepLine string `json:"transcript_keep_line,omitempty" doc:"How long the address is kept to which a transcript is ordered; empty where none can be ordered"`

	Files *FileRules `json:"files,omitempty" doc:"What the citizen may send; absent where the notice declares no files from them"`
}

// AskField is a field that the citizen may fill in at the start.
type AskField struct {
	ID       string `json:"id" example:"email"`
	Type     string `json:"type" enum:"text,string,email,phone,language,enum"`
	Required bool   `json:"required"`
	Label    string `json:"label"`
	Help     string `json:"help,omitempty"`
}

// StartContact asks for a place in a service's queue.
type StartContact struct {
	Service  string            `json:"service" minLength:"1" maxLength:"64"`
	Lang     string            `json:"lang" enum:"fi,sv,en"`
	Topic    string            `json:"topic,omitempty" maxLength:"64"`
	Fields   map[string]string `json:"fields,omitempty" doc:"By field id; a field that the notice does not declare is refused"`
	ClientID string            `json:"client_id" minLength:"16" maxLength:"64" doc:"Random, made by the client; the same id again gives the same contact"`
}

// Started is a new contact with the one token that opens it. The token is shown this once.
type Started struct {
	Contact string    `json:"contact"`
	Token   string    `json:"token"`
	State   ChatState `json:"state"`
}

// ChatState is what a citizen's client shows of a contact besides its messages.
type ChatState struct {
	Contact            string     `json:"contact"`
	Service            string     `json:"service"`
	Status             string     `json:"status" enum:"waiting,active,closed,settled"`
	Lang               string     `json:"lang" enum:"fi,sv,en," doc:"Empty where the notice does not let it be kept"`
	Position           int        `json:"position,omitempty" doc:"Place in the queue from 1, while waiting"`
	EstimateMinutes    int        `json:"estimate_minutes,omitempty" doc:"Given only when enough contacts of the last hour support it"`
	Adviser            *ShownName `json:"adviser,omitempty"`
	AdviserPresent     bool       `json:"adviser_present"`
	Last               int64      `json:"last" doc:"Number of the newest message"`
	SeenByAdviser      int64      `json:"seen_by_adviser"`
	DeliveredToAdviser int64      `json:"delivered_to_adviser"`
	Reference          string     `json:"reference,omitempty" doc:"The reference code, once the contact has closed"`
	ClosedReason       string     `json:"closed_reason,omitempty" enum:"adviser,citizen,idle,abusive,left"`
	IdleWarningAt      int64      `json:"idle_warning_at,omitempty"`
	IdleCloseAt        int64      `json:"idle_close_at,omitempty"`
	ReopenUntil        int64      `json:"reopen_until,omitempty"`
	Asks               bool       `json:"asks,omitempty" doc:"The contact has closed and may be said to have helped or not, once"`
	Transcript         string     `json:"transcript,omitempty" enum:"waiting,sent,refused,unreachable,nothing" doc:"What became of the newest order of a transcript, or why it was given up"`
}

// OrderTranscript asks for the conversation by e-mail.
type OrderTranscript struct {
	Email string `json:"email" minLength:"1" maxLength:"254"`
}

// Helped is the answer to whether a contact helped. It is counted, and nothing else of it is stored.
type Helped struct {
	Answer string `json:"answer" enum:"yes,partly,no"`
}

// ShownName is how an adviser is shown to a citizen.
type ShownName struct {
	Name string `json:"name"`
}

// Message is one line of a conversation. A citizen never gets one whose from is note.
type Message struct {
	Contact  string `json:"contact"`
	N        int64  `json:"n"`
	At       int64  `json:"at"`
	From     string `json:"from" enum:"citizen,adviser,note,event"`
	Name     string `json:"name,omitempty" doc:"The writer's shown name, for adviser and note"`
	Lang     string `json:"lang" enum:"fi,sv,en," doc:"Empty where the notice does not let it be kept"`
	Text     string `json:"text"`
	Event    string `json:"event,omitempty" enum:"started,taken,passed,queued,adviser_gone,returned,offered,citizen_left,citizen_back,idle_warning,closed,reopened,internal" doc:"What happened, when from is event. offered comes from an adviser: text is the service, its authority and its address, a line each. internal is a number that is not for this reader: show nothing"`
	ClientID string `json:"client_id,omitempty" doc:"Given back to the writer only"`
	Masked   bool   `json:"masked,omitempty" doc:"A personal identity code was masked in it"`

	File *FileOfMessage `json:"file,omitempty"`
}

// Messages is a run of a conversation in the order of its numbers.
type Messages struct {
	Messages []Message `json:"messages" nullable:"false"`
	Last     int64     `json:"last" doc:"Number of the newest message of the contact, also when this run ends earlier"`
}

// Write is a message on its way in.
type Write struct {
	ClientID string `json:"client_id" minLength:"8" maxLength:"64"`
	Text     string `json:"text" minLength:"1" maxLength:"4000"`
	Lang     string `json:"lang" enum:"fi,sv,en"`
}

// Posted acknowledges a message: it is stored and synced. The same client_id again gives the same answer.
type Posted struct {
	N      int64 `json:"n"`
	At     int64 `json:"at"`
	Masked bool  `json:"masked" doc:"A personal identity code in it was masked before it was stored"`
}

// UpTo says up to which message something has come.
type UpTo struct {
	N int64 `json:"n" minimum:"0"`
}
