package web

// The inputs and outputs of operations, as huma reads them: path and query by tag, the rest in Body.
// Their bodies are the shapes of package api.

// answer is a success with a body.
type answer[T any] struct {
	Body T
}

// nothing is an input or an answer without anything in it.
type nothing struct{}

// ofLang is a request that may name its language.
type ofLang struct {
	Lang string `query:"lang" enum:"fi,sv,en" doc:"Language of the texts; otherwise Accept-Language decides"`
}

// ofBody is a request with a body.
type ofBody[T any] struct {
	Body T
}

// ofContact is a request about one contact.
type ofContact struct {
	Contact string `path:"contact" maxLength:"64"`
}

// ofContactBody is a request about one contact with a body.
type ofContactBody[T any] struct {
	Contact string `path:"contact" maxLength:"64"`
	Body    T
}

// ofMessages asks for messages after a number.
type ofMessages struct {
	Contact string `path:"contact" maxLength:"64"`
	After   int64  `query:"after" minimum:"0" doc:"Only messages with a greater number"`
}

// ofService is a request about one service.
type ofService struct {
	Service string `path:"service" maxLength:"64"`
}

// ofServiceBody is a request about one service with a body.
type ofServiceBody[T any] struct {
	Service string `path:"service" maxLength:"64"`
	Body    T
}

// ofStaffBody is a request about one account with a body.
type ofStaffBody[T any] struct {
	Staff string `path:"staff" maxLength:"64"`
	Body  T
}

// ofGrant is a request about one grant.
type ofGrant struct {
	Staff string `path:"staff" maxLength:"64"`
	Grant string `path:"grant" maxLength:"64"`
}

// ofReport asks for counts of whole days, both included.
type ofReport struct {
	From    string `query:"from" required:"true" format:"date"`
	To      string `query:"to" required:"true" format:"date"`
	Service string `query:"service" maxLength:"64"`
}
