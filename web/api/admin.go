package api

// StaffList is every account of the authority.
type StaffList struct {
	Staff []Account `json:"staff" nullable:"false"`
}

// Account is a member of staff as an administrator sees them.
type Account struct {
	ID         string  `json:"id"`
	Username   string  `json:"username"`
	Name       string  `json:"name"`
	Email      string  `json:"email,omitempty"`
	Grants     []Grant `json:"grants" nullable:"false"`
	Secrecy    bool    `json:"secrecy"`
	TOTP       bool    `json:"totp"`
	Disabled   bool    `json:"disabled"`
	DisabledAt int64   `json:"disabled_at,omitempty"`
	LastSignIn int64   `json:"last_sign_in,omitempty"`
	Directory  string  `json:"directory,omitempty" enum:"let,bound" doc:"Whether they sign in by the organisation's directory: let, or bound to who they are there"`
}

// Grant is a role that was given, with its end.
type Grant struct {
	ID      string `json:"id"`
	Role    string `json:"role" enum:"adviser,lead,quality_reviewer,registry_clerk,data_protection_officer,administrator"`
	Service string `json:"service,omitempty"`
	From    int64  `json:"from"`
	Until   int64  `json:"until,omitempty"`
}

// NewGrant gives a role, for one service or all, until a time or until withdrawn.
type NewGrant struct {
	Role    string `json:"role" enum:"adviser,lead,quality_reviewer,registry_clerk,data_protection_officer,administrator"`
	Service string `json:"service,omitempty" maxLength:"64"`
	Until   int64  `json:"until,omitempty" minimum:"0"`
}

// NewAccount makes an account. Its password is made by the program, shown once and must be changed.
type NewAccount struct {
	Username string     `json:"username" minLength:"1" maxLength:"100"`
	Name     string     `json:"name" minLength:"1" maxLength:"200"`
	Email    string     `json:"email" maxLength:"254"`
	Grants   []NewGrant `json:"grants" nullable:"false" maxItems:"20"`
	Secrecy  bool       `json:"secrecy" doc:"A signed secrecy commitment has been seen"`
}

// AccountMade is a new account, or one with a new password, which is shown this once.
type AccountMade struct {
	Account  Account `json:"account"`
	Password string  `json:"password"`
}

// ChangeAccount corrects a name and address.
type ChangeAccount struct {
	Name  string `json:"name" minLength:"1" maxLength:"200"`
	Email string `json:"email" maxLength:"254"`
}

// WithReason is a step that needs a reason on record.
type WithReason struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// SecrecyState records or withdraws a secrecy commitment (S4-17).
type SecrecyState struct {
	Signed bool `json:"signed"`
}

// KeysStatus tells the state of the key stores.
type KeysStatus struct {
	Stores     []KeyStoreStatus `json:"stores" nullable:"false"`
	Generation int64            `json:"generation" doc:"Counts the writes of the key files; 0 while they are missing"`
	Living     int64            `json:"living" doc:"Living keys, ready ones included"`
	Warnings   []Alarm          `json:"warnings" nullable:"false"`
}

// KeyStoreStatus is one key store.
type KeyStoreStatus struct {
	Name      string `json:"name"`
	Reachable bool   `json:"reachable"`
	Detail    string `json:"detail,omitempty"`
}

// ClockStatus tells the clock's rules and whether they let anything be destroyed.
type ClockStatus struct {
	Now    int64       `json:"now"`
	Mark   int64       `json:"mark" doc:"High-water mark; 0 until a time has been accepted"`
	Steady bool        `json:"steady" doc:"Destroying is allowed"`
	Alarm  *ClockAlarm `json:"alarm,omitempty"`
}

// ClockAlarm is a step that an administrator has to settle.
type ClockAlarm struct {
	Kind  string `json:"kind"`
	Since int64  `json:"since"`
	From  int64  `json:"from"`
	To    int64  `json:"to"`
}

// SettleClock accepts the new time or keeps to the old.
type SettleClock struct {
	Accept bool   `json:"accept"`
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// Advance moves the demo's time forward through every day's turn.
type Advance struct {
	Advance string `json:"advance" pattern:"^P([0-9]{1,2}Y)?([0-9]{1,3}M)?([0-9]{1,3}W)?([0-9]{1,4}D)?$" example:"P2M"`
}

// Advanced is where the demo's time stands now and what ended on the way.
type Advanced struct {
	Now       int64 `json:"now"`
	Days      int   `json:"days"`
	Destroyed int64 `json:"destroyed" doc:"Buckets destroyed on the way"`
}
