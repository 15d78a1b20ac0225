package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"luukku/fault"
)

func TestCodeOfLooksThroughWrappedErrors(t *testing.T) {
	plain := errors.New("plain")
	gone := fault.New(fault.Gone, "record-gone")
	cases := []struct {
		name string
		err  error
		want fault.Code
	}{
		{"nil has none", nil, ""},
		{"a fault", gone, fault.Gone},
		{"a wrapped fault", fmt.Errorf("opening: %w", gone), fault.Gone},
		{"an error of another kind", plain, fault.Internal},
		{"an outer fault hides its cause", fault.New(fault.Busy, "later").Wrap(gone), fault.Busy},
		{"joined", errors.Join(plain, gone), fault.Gone},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := fault.CodeOf(c.err); got != c.want {
				t.Errorf("code %q, want %q", got, c.want)
			}
			if c.err != nil && (!fault.Is(c.err, c.want) || fault.Is(c.err, fault.Denied)) {
				t.Error("Is does not agree")
			}
		})
	}
	if fault.Is(nil, "") || fault.Of(nil) != nil {
		t.Error("nil is no fault")
	}
}

func TestCopiesDoNotChangeTheOriginal(t *testing.T) {
	e := fault.New(fault.Invalid, "too-long", "most", "4000", "unit")
	cause := errors.New("cause")
	changed := e.On("text").Wrap(cause)
	if e.Field != "" || e.Err != nil {
		t.Error("the original changed")
	}
	if changed.Field != "text" || !errors.Is(changed, cause) || changed.Args["most"] != "4000" || changed.Args["unit"] != "" {
		t.Errorf("copy %+v", changed)
	}
	if got, want := changed.Error(), "invalid: too-long (text): cause"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestOfKeepsAFaultAndWrapsTheRest(t *testing.T) {
	e := fault.New(fault.Denied, "no")
	if fault.Of(fmt.Errorf("at: %w", e)) != e {
		t.Error("not the same fault")
	}
	cause := errors.New("cause")
	if got := fault.Of(cause); got.Code != fault.Internal || !errors.Is(got, cause) {
		t.Errorf("%+v", got)
	}
}
