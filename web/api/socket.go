package api

// The socket speaks centrifuge's JSON protocol at /api/socket. It has no channels: the server sends
// asynchronous messages of the type Push, and the client calls the methods below.

// ConnectCitizen is the connect data of a citizen's client.
type ConnectCitizen struct {
	Contact string `json:"contact"`
	Token   string `json:"token"`
	After   int64  `json:"after" doc:"Number of the last message that the client has"`
	Lang    string `json:"lang,omitempty"`
}

// ConnectStaff is the connect data of a member of staff's client; who they are, the cookie tells.
type ConnectStaff struct {
	After map[string]int64 `json:"after,omitempty" doc:"For each open contact the last number that the client has"`
	Lang  string           `json:"lang,omitempty"`
}

// Connected is the server's answer to a connect: everything after the numbers given.
type Connected struct {
	State    *ChatState `json:"state,omitempty" doc:"A citizen's contact"`
	Messages []Message  `json:"messages" nullable:"false"`
	Board    *Board     `json:"board,omitempty" doc:"A member of staff's board"`
	Last     int64      `json:"last,omitempty"`
}

// Call is what an RPC carries. Which members are used depends on the method:
// post {contact, client_id, text, lang, kind}; typing {contact}; seen and delivered {contact, n};
// history {contact, after}; stay {contact}; ping {}. A citizen may leave out contact. The answer to
// post is Posted, to history Messages, to the rest an empty object.
type Call struct {
	Contact  string `json:"contact,omitempty"`
	ClientID string `json:"client_id,omitempty"`
	Text     string `json:"text,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Kind     string `json:"kind,omitempty" enum:"reply,note"`
	N        int64  `json:"n,omitempty"`
	After    int64  `json:"after,omitempty"`
}

// Push is one asynchronous message from the server. T says which member is set.
type Push struct {
	T       string     `json:"t" enum:"message,state,typing,seen,delivered,idle,board,overview,contact,notice" doc:"overview has no member: what a lead sees has changed, fetch it again"`
	Contact string     `json:"contact,omitempty"`
	Message *Message   `json:"message,omitempty"`
	State   *ChatState `json:"state,omitempty"`
	Board   *Board     `json:"board,omitempty"`
	Who     string     `json:"who,omitempty" enum:"citizen,adviser" doc:"With typing: who writes"`
	By      string     `json:"by,omitempty" enum:"citizen,adviser" doc:"With seen and delivered: who has"`
	N       int64      `json:"n,omitempty"`
	At      int64      `json:"at,omitempty" doc:"With idle: when the contact closes unless the citizen answers; with notice: when it happens"`
	Notice  string     `json:"notice,omitempty" enum:"session_ending,signed_out,contact_passed,contact_closed,grant_withdrawn,server_stopping"`
	// Present and Status come with contact, for the desk: the contact's plain state changed.
	Present *bool  `json:"present,omitempty"`
	Status  string `json:"status,omitempty"`
}
