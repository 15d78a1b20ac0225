package api

// FileOfMessage is what a message tells of its file. It is fetched from …/messages/{n}/file.
type FileOfMessage struct {
	Name string `json:"name"`
	Type string `json:"type" enum:"image/jpeg,image/png,application/pdf,text/plain" doc:"By its content, not by what its sender called it"`
	Size int64  `json:"size" doc:"Bytes"`
}

// FileRules are what one side may send in a contact whose notice declares files.
type FileRules struct {
	Accept []string `json:"accept" nullable:"false" doc:"Ends of names, for choosing a file"`
	Most   int64    `json:"most" doc:"Bytes of one file"`
}

// FileAbout goes before a file, as the part named about of a form; the file is the part named file.
type FileAbout struct {
	ClientID string `json:"client_id"`
	Lang     string `json:"lang"`
	Text     string `json:"text,omitempty"`
}
