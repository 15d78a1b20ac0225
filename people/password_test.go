package people

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/argon2"

	"luukku/fault"
)

// S4-20: individual user ids and passwords.
func TestPasswordIsVerifiedAgainstItsOwnHashOnly(t *testing.T) {
	h, err := newHasher(2, hashMemory, nil)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := h.hash(context.Background(), "kolme märkää sukkaa")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, hash, password string
		right, renew         bool
	}{
		{"the right one", hash, "kolme märkää sukkaa", true, false},
		{"another", hash, "kolme märkää sukka", false, false},
		{"no hash at all", "", "kolme märkää sukkaa", false, false},
		{"the dummy's own password", "", "nobody has this password", false, false},
		{"a hash of an older cost", cheap(t, "vanha ja kallis"), "vanha ja kallis", true, true},
		{"a hash with an absurd cost", strings.Replace(hash, "m=19456", "m=999999999", 1), "kolme märkää sukkaa", false, false},
	}
	for _, c := range cases {
		right, renew, err := h.verify(context.Background(), c.hash, c.password)
		if err != nil || right != c.right || renew != c.renew {
			t.Errorf("%s: right %v, renew %v, %v", c.name, right, renew, err)
		}
	}
}

// cheap is a hash made with other costs than today's.
func cheap(t *testing.T, password string) string {
	t.Helper()
	return phcOf(password, 64, 1)
}

// phcOf writes a hash with the given costs.
func phcOf(password string, memory, passes uint32) string {
	salt := []byte("salt of sixteen.")
	sum := argon2.IDKey([]byte(password), salt, passes, memory, 1, hashLength)
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", memory, passes, base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

func TestTwoHashesOfOnePasswordDiffer(t *testing.T) {
	h, _ := newHasher(1, hashMemory, nil)
	a, _ := h.hash(context.Background(), "sama salalause")
	b, _ := h.hash(context.Background(), "sama salalause")
	if a == b || !strings.HasPrefix(a, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%s\n%s", a, b)
	}
}

func TestHashingHasBoundedTurns(t *testing.T) {
	h, _ := newHasher(1, hashMemory, nil)
	h.slots <- struct{}{} // one sign-in is being computed
	ctx, cancel := context.WithCancel(context.Background())
	var wait sync.WaitGroup
	for range maxWaiting {
		wait.Go(func() { _, _ = h.enter(ctx) })
	}
	for len(h.waiting) < maxWaiting {
	}
	if _, err := h.enter(ctx); !fault.Is(err, fault.Busy) || fault.Of(err).Key != "sign-in-busy" {
		t.Errorf("one more than can wait: %v", err)
	}
	cancel()
	wait.Wait()
	if len(h.waiting) != 0 {
		t.Errorf("%d still wait", len(h.waiting))
	}
}

func TestPasswordRules(t *testing.T) { // ASVS 5.0, 6.2
	own := []string{"aino.virtanen", "Aino Virtanen", "aino.virtanen@example.fi"}
	cases := []struct{ password, key string }{
		{"kolme märkää sukkaa", ""},
		{"correct horse battery staple", ""},
		{"PuhelinKilvessäOnHämärää", ""},
		{"wq7-Lp2x_vR9", ""},
		{"lyhyt", "password-short"},
		{"elevenchars", "password-short"},
		{strings.Repeat("pitkä ", 60), "password-long"},
		{"password1234", "password-common"},
		{"P4ssw0rd!2026", "password-common"},
		{"salasana12345", "password-common"},
		{"Salasanasalasana", "password-common"},
		{"lösenord2026!", "password-common"},
		{"qwertyuiop12", "password-common"},
		{"1q2w3e4r5t6y", "password-common"},
		{"Helsinki2026!", "password-common"},
		{"kesäsalasana2026", "password-common"},
		{"aaaaaaaaaaaaaa", "password-common"},
		{"123456789012", "password-common"},
		{"abcdefghijklm", "password-common"},
		{"ainovirtanen1", "password-own"},
		{"Virtanen-2026-!", "password-own"},
		{"salasana-aino-1", "password-own"},
		{"nolla\x00nolla nolla", "text-malformed"},
		{"rikki\xff\xfe rikki rikki", "text-malformed"},
	}
	for _, c := range cases {
		err := CheckPassword(c.password, own...)
		key := ""
		if err != nil {
			key = fault.Of(err).Key
		}
		if key != c.key {
			t.Errorf("%q: got %q, want %q", c.password, key, c.key)
		}
	}
}

func TestMadePasswordPassesTheRules(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := madePassword()
		if err := CheckPassword(p); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if len(p) != 19 || seen[p] {
			t.Fatalf("%s", p)
		}
		seen[p] = true
	}
}
