package store

// Bit is a truth as both engines store it: 1 or 0 in a bigint.
func Bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
