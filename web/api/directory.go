package api

// SignInWays are the ways in that an authority has opened to its staff.
type SignInWays struct {
	Directory bool   `json:"directory" doc:"By the organisation's directory"`
	Passwords string `json:"passwords" enum:"all,administrators" doc:"Who may still sign in by a password"`
	Told      string `json:"told,omitempty" doc:"What the problem means with which the directory's answer ended"`
}

// BeginByDirectory begins a sign-in at the organisation's directory.
type BeginByDirectory struct {
	Next string `json:"next,omitempty" maxLength:"200" doc:"Path of the page that was asked for; anything else is left out"`
}

// Onward is where the browser goes.
type Onward struct {
	Address string `json:"address,omitempty" doc:"Of the organisation's directory; empty where it has nothing to do"`
}

// DirectorySettings is the organisation's directory as it is set. The secret is never told.
type DirectorySettings struct {
	On        bool     `json:"on" doc:"Staff can sign in by it"`
	Issuer    string   `json:"issuer" maxLength:"300" doc:"Its name, an https address"`
	ClientID  string   `json:"client_id" maxLength:"300" doc:"This program's name there"`
	Claim     string   `json:"claim" maxLength:"300" doc:"The claim that names a member of staff"`
	ACR       []string `json:"acr" nullable:"false" maxItems:"10" doc:"Values of acr that mean more than one factor; amr mfa always does"`
	Passwords string   `json:"passwords" enum:"all,administrators" doc:"Who may still sign in by a password"`
}

// DirectoryState is the directory as an administrator sees it.
type DirectoryState struct {
	DirectorySettings
	Secret   bool   `json:"secret" doc:"A secret is set for this issuer and client"`
	SignIns  int    `json:"sign_ins" doc:"Sign-ins that end if the directory is turned off or another one is set; the caller's own does not"`
	Version  int64  `json:"version" doc:"Of the setting; 0 while it was never set"`
	Redirect string `json:"redirect" doc:"The address to register at the directory, to which it sends people back"`
	After    string `json:"after" doc:"The address to register there for after a sign-out"`
}

// SetDirectory replaces the settings. An empty secret keeps the one that was set for the same issuer and client.
type SetDirectory struct {
	DirectorySettings
	Secret string `json:"secret,omitempty" maxLength:"1000"`
	Base   int64  `json:"base" minimum:"0" doc:"The version that was read; a newer one is not written over"`
}

// TryDirectory tries settings before they are saved.
type TryDirectory struct {
	DirectorySettings
	Secret string `json:"secret,omitempty" maxLength:"1000"`
}

// DirectoryTried is what was tried, in order.
type DirectoryTried struct {
	Steps []DirectoryStep `json:"steps" nullable:"false"`
}

// DirectoryStep is one thing that was tried.
type DirectoryStep struct {
	Step  string `json:"step" enum:"discovery,pkce,keys,client,clock,logout"`
	State string `json:"state" enum:"ok,wrong,untold,missing"`
	Told  string `json:"told,omitempty" doc:"What is wrong, in the visit's language"`
}

// LetByDirectory says whether a member of staff may sign in by the directory.
type LetByDirectory struct {
	Let   bool   `json:"let"`
	Known string `json:"known,omitempty" maxLength:"255" doc:"What they are called there; empty is as here"`
}
