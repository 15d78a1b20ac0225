package notice

import "slices"

// RightsOfSubject returns the rights that a notice must answer for, in reading order.
func RightsOfSubject() []string { return slices.Clone(rightsOfSubject) }
