package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"luukku/fault"
)

// A code device follows RFC 6238 with what every authenticator knows: SHA-1, six digits, 30 seconds.
const (
	codeStep   = 30 // seconds
	codeDrift  = 1  // steps before and after now
	secretSize = 20 // bytes, RFC 4226 section 4, R6
)

// device is a member of staff's code device as it is sealed: the secret in use with the last step
// that was accepted (a code works once), and a secret that waits to be confirmed.
type device struct {
	Secret  string
	Step    int64
	Pending string
}

// String is the sealed form, secret:step:pending.
func (d device) String() string {
	if d == (device{}) {
		return ""
	}
	return d.Secret + ":" + strconv.FormatInt(d.Step, 10) + ":" + d.Pending
}

// readDevice reads the sealed form; anything else is no device.
func readDevice(s string) device {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return device{}
	}
	step, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return device{}
	}
	return device{Secret: parts[0], Step: step, Pending: parts[2]}
}

// newSecret makes a random secret in base32.
func newSecret() string {
	b := make([]byte, secretSize)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// acceptCode finds the step within the drift whose code this is, later than the one last used. The
// answer 0 means that there is none: wrong, or used before.
func acceptCode(secret, code string, last int64, now time.Time) int64 {
	code = strings.Join(strings.Fields(code), "")
	current := now.Unix() / codeStep
	var found int64
	for step := current - codeDrift; step <= current+codeDrift; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > last {
			found = step
		}
	}
	return found
}

// CodeNow is the code that a device with this secret shows at t; the demo and tests sign in with it.
func CodeNow(secret string, t time.Time) (string, error) {
	code, err := hotp.GenerateCodeCustom(secret, uint64(t.Unix()/codeStep), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", fault.New(fault.Invalid, "totp-secret").Wrap(err)
	}
	return code, nil
}

// Enrolment is a new secret on its way to a device.
type Enrolment struct {
	Secret string
	URI    string // otpauth, as authenticators read it
}

func enrolment(issuer, username, secret string) Enrolment {
	label := url.PathEscape(issuer) + ":" + url.PathEscape(username)
	query := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {strconv.Itoa(codeStep)}}
	return Enrolment{Secret: secret, URI: "otpauth://totp/" + label + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")}
}
