package api

// ReviewOptions is what may be said of a sample. Which contacts it holds is left to chance.
type ReviewOptions struct {
	Services []ReviewService `json:"services" nullable:"false"`
	Days     []int           `json:"days" nullable:"false" doc:"Spans: contacts that ended in so many days"`
	Sizes    []int           `json:"sizes" nullable:"false" doc:"At most so many contacts, and at most half of those there are"`
}

// ReviewService is a service that the caller reviews, with the purposes that its notice opens to reviewers.
type ReviewService struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Purposes []Named `json:"purposes" nullable:"false"`
	Trains   bool    `json:"trains" doc:"The notice lets a reviewer put a contact forward to training"`
}

// DrawSample asks for a sample. The program chooses the contacts, once a week for each service and purpose.
type DrawSample struct {
	Service string `json:"service" minLength:"1" maxLength:"64"`
	Purpose string `json:"purpose" minLength:"1" maxLength:"64"`
	Days    int    `json:"days" enum:"7,30,90"`
	Size    int    `json:"size" enum:"5,10,20"`
}

// Samples are the caller's own, newest first.
type Samples struct {
	Samples []Sample `json:"samples" nullable:"false"`
}

// Sample is what was drawn. The contacts' ids stay on the server.
type Sample struct {
	ID      string       `json:"id"`
	Service Named        `json:"service"`
	Purpose Named        `json:"purpose"`
	DrawnAt int64        `json:"drawn_at"`
	LastDay string       `json:"last_day" doc:"The last day on which the sample can be seen"`
	Items   []SampleItem `json:"items" nullable:"false"`
}

// SampleItem is one drawn contact. What is gone does not open: its retention has ended, it was erased, or
// its use is restricted.
type SampleItem struct {
	No       int64  `json:"no"`
	State    string `json:"state" enum:"open,marked,gone"`
	LastDay  string `json:"last_day,omitempty"`
	Training string `json:"training,omitempty" doc:"Id of the example that was made of it"`
}

// ReviewedContact is a contact as a reviewer or an adviser in training sees it: pseudonymised as far as rules
// and people have hidden what tells who spoke.
type ReviewedContact struct {
	No       int64          `json:"no,omitempty"`
	State    string         `json:"state,omitempty" enum:"open,marked"`
	Service  Named          `json:"service"`
	Purpose  Named          `json:"purpose"`
	LastDay  string         `json:"last_day"`
	Training string         `json:"training,omitempty"`
	Lines    []ReviewedLine `json:"lines" nullable:"false"`
}

// ReviewedLine is one line of it.
type ReviewedLine struct {
	N      int64           `json:"n"`
	Minute int64           `json:"minute" doc:"Since the conversation began"`
	From   string          `json:"from" enum:"citizen,adviser,event"`
	Who    string          `json:"who,omitempty" doc:"A for the adviser who came first, B for the next"`
	Lang   string          `json:"lang" enum:"fi,sv,en,"`
	Event  string          `json:"event,omitempty" enum:"started,taken,passed,queued,adviser_gone,idle_warning,closed,reopened"`
	Pieces []ReviewedPiece `json:"pieces" nullable:"false"`
}

// ReviewedPiece is a part of a text: what can be read, or what was hidden there.
type ReviewedPiece struct {
	Word   int    `json:"word" doc:"Number of the word, from 0"`
	Text   string `json:"text,omitempty"`
	Hidden string `json:"hidden,omitempty" enum:"code,email,account,business_id,plate,phone,number,birth,address,name,adviser,reference,by_hand"`
}

// ReviewMarks are what a reviewer thinks of a contact. They are counted, and nothing else of them is stored.
type ReviewMarks struct {
	Correct  string `json:"correct" enum:"yes,partly,no"`
	Clear    string `json:"clear" enum:"yes,partly,no"`
	Complete string `json:"complete" enum:"yes,partly,no"`
	Polite   string `json:"polite" enum:"yes,partly,no"`
}

// PutForward makes an example for training of a drawn contact, with the words that a person has hidden.
type PutForward struct {
	Hide []HiddenWords `json:"hide" nullable:"false" maxItems:"500"`
}

// HiddenWords are words of one line by their numbers.
type HiddenWords struct {
	Line  int64 `json:"line" minimum:"1"`
	Words []int `json:"words" nullable:"false" maxItems:"2000"`
}

// Example is a contact that was put forward to training. It is seen until its own last day.
type Example struct {
	ID      string `json:"id"`
	Service Named  `json:"service"`
	LastDay string `json:"last_day"`
	Mine    bool   `json:"mine" doc:"The caller reviews this service and may take the example back"`
}

// Examples are those of the services in which the caller advises or reviews.
type Examples struct {
	Examples []Example `json:"examples" nullable:"false"`
}

// MadeExample names a new example.
type MadeExample struct {
	ID string `json:"id"`
}
