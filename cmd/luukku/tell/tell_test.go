package tell

import (
	"errors"
	"fmt"
	"testing"

	"luukku/fault"
)

func TestNoKeyOfAFaultReachesTheConsole(t *testing.T) {
	taken := fault.New(fault.Conflict, "username-taken")
	older := fault.New(fault.Busy, "keystore-older").Wrap(errors.New("generation 3, noted 5"))
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("no account \"x\" in dvv"), "no account \"x\" in dvv"},
		{taken, "The user name is already in use."},
		{taken.On("username"), "username: The user name is already in use."},
		{fmt.Errorf("dvv: %w", taken), "dvv: The user name is already in use."},
		{fmt.Errorf("keys of dvv: %w", older), "keys of dvv: " + sentences["keystore-older"] + " (generation 3, noted 5)"},
		{errors.Join(errors.New("first"), nil, taken), "first\nThe user name is already in use."},
		{fault.New(fault.Internal, "storage").Wrap(taken), "Something is wrong in the program itself (storage). Look at its log, and report it. (The user name is already in use.)"},
	} {
		if got := Error(c.err); got != c.want {
			t.Errorf("%v\nsaid %q\nwant %q", c.err, got, c.want)
		}
	}
}
