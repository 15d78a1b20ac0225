package api

// SignIn is a member of staff's answer to the sign-in page.
type SignIn struct {
	Username string `json:"username" minLength:"1" maxLength:"200"`
	Password string `json:"password" minLength:"1" maxLength:"256"`
	TOTP     string `json:"totp,omitempty" maxLength:"12" doc:"Six digits; asked for with the problem totp-required"`
}

// Me is who is signed in, what they may do, and when the session ends.
type Me struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Username  string      `json:"username"`
	Email     string      `json:"email,omitempty"`
	Authority Named       `json:"authority"`
	Roles     []HeldRole  `json:"roles" nullable:"false"`
	Must      []string    `json:"must" nullable:"false" enum:"change_password,enrol_totp" doc:"What has to be done before anything else opens"`
	TOTP      bool        `json:"totp" doc:"An authenticator app is set up"`
	Secrecy   bool        `json:"secrecy" doc:"A secrecy commitment is on record; nothing opens without one"`
	Demo      bool        `json:"demo"`
	Session   SessionEnds `json:"session"`
}

// HeldRole is one role, for one service or for all.
type HeldRole struct {
	Role    string `json:"role" enum:"adviser,lead,quality_reviewer,registry_clerk,data_protection_officer,administrator"`
	Service string `json:"service,omitempty" doc:"Empty means every service"`
}

// SessionEnds says when the session ends by itself. Warn is how long before idle_at the page must warn.
type SessionEnds struct {
	IdleAt int64 `json:"idle_at"`
	EndsAt int64 `json:"ends_at"`
	WarnS  int   `json:"warn_s"`
}

// ChangePassword replaces one's own password; every other session of the account ends.
type ChangePassword struct {
	Current string `json:"current" minLength:"1" maxLength:"256"`
	New     string `json:"new" minLength:"1" maxLength:"256"`
}

// TOTPEnrolment is a new secret, shown once and in force only when confirmed with a code.
type TOTPEnrolment struct {
	URI    string `json:"uri" doc:"otpauth: address for an authenticator"`
	Secret string `json:"secret" doc:"The same secret for typing by hand, in groups of four"`
}

// Code is a six-digit code.
type Code struct {
	Code string `json:"code" minLength:"6" maxLength:"12"`
}
