package api

// MailStatus is the mail server as it is set. The password is never told.
type MailStatus struct {
	Set      bool   `json:"set" doc:"A server is set, and a sender for this authority"`
	Server   string `json:"server,omitempty" doc:"host:port"`
	Security string `json:"security,omitempty" enum:"starttls,implicit,none"`
	SignsIn  bool   `json:"signs_in" doc:"The program signs in at the server"`
	Sender   string `json:"sender,omitempty"`
	Signed   string `json:"signed,omitempty" doc:"Domain for which mail is signed (DKIM)"`
	Waiting  int64  `json:"waiting" doc:"Mails that wait to be sent"`
	OldestAt int64  `json:"oldest_at,omitempty" doc:"Since when the oldest of them waits"`
	Barred   string `json:"barred,omitempty" doc:"What the server last answered when it did not let this program send, whatever the address"`
	BarredAt int64  `json:"barred_at,omitempty" doc:"When it did"`
}

// TryMail asks for a test mail. The address is used once and kept nowhere.
type TryMail struct {
	To string `json:"to" minLength:"3" maxLength:"254"`
}

// MailTried is what the server made of a test mail.
type MailTried struct {
	Outcome string `json:"outcome" enum:"taken,refused,unreachable"`
	Status  int    `json:"status,omitempty" doc:"The server's answer (RFC 5321)"`
}
