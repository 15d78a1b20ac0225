package api

// SetupState tells whether the first start has still to be done, and what it may choose from.
type SetupState struct {
	Needed    bool            `json:"needed"`
	Templates []SetupTemplate `json:"templates" nullable:"false"`
	MinLength int             `json:"password_min_length"`
}

// SetupTemplate is a bundled notice that a first service can be made from.
type SetupTemplate struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	KeepLine string `json:"keep_line"`
}

// SetupCode is the one-time code that the program printed on its console.
type SetupCode struct {
	Code string `json:"code" minLength:"1" maxLength:"64"`
}

// Setup is the whole first start: it is done in one step or not at all.
type Setup struct {
	Code      string         `json:"code" minLength:"1" maxLength:"64"`
	Account   SetupAccount   `json:"account"`
	Authority SetupAuthority `json:"authority"`
	Service   SetupService   `json:"service"`
	Hours     []Hours        `json:"hours" nullable:"false" maxItems:"28"`
	Adviser   *SetupAdviser  `json:"adviser,omitempty"`
}

// SetupAccount is the first administrator.
type SetupAccount struct {
	Username string `json:"username" minLength:"1" maxLength:"100"`
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" minLength:"1" maxLength:"256"`
}

// SetupAuthority is the controller as its notices name it.
type SetupAuthority struct {
	Slug     string `json:"slug" pattern:"^[a-z][a-z0-9-]{1,30}$" doc:"First segment of its addresses"`
	Name     Text   `json:"name"`
	Address  string `json:"address" minLength:"1" maxLength:"300"`
	Phone    string `json:"phone" maxLength:"40"`
	Email    string `json:"email" minLength:"3" maxLength:"254" doc:"The registry's address"`
	DPO      string `json:"dpo" minLength:"1" maxLength:"254" doc:"The data protection officer's address"`
	TimeZone string `json:"time_zone" maxLength:"60" default:"Europe/Helsinki"`
}

// SetupService is the first service, made from a bundled notice.
type SetupService struct {
	Template string   `json:"template" minLength:"1" maxLength:"64"`
	Name     Text     `json:"name"`
	Topics   []Text   `json:"topics,omitempty" maxItems:"30"`
	Language []string `json:"languages,omitempty" enum:"fi,sv,en"`
}

// SetupAdviser is the first adviser; the password is made by the program and shown once.
type SetupAdviser struct {
	Username string `json:"username" minLength:"1" maxLength:"100"`
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Email    string `json:"email" maxLength:"254"`
	Secrecy  bool   `json:"secrecy"`
}

// SetupDone says where to go next.
type SetupDone struct {
	SignIn          string `json:"sign_in" doc:"Path of the sign-in page"`
	AdviserPassword string `json:"adviser_password,omitempty"`
}
