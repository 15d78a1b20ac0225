package clock

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot counts while the machine sleeps, unlike Go's own monotonic clock, so that waking a
// suspended machine does not look like a step of the wall clock.
func sinceBoot(time.Time) time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		panic("clock: CLOCK_BOOTTIME cannot be read: " + err.Error()) // since Linux 2.6.39 it always can
	}
	return time.Duration(ts.Nano())
}
