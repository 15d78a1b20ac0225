package notice

// Check applies every rule to a parsed notice.
func Check(n *Notice) Problems { return nil }

// CheckAgainst compares a notice with what the installed channels can collect.
func CheckAgainst(n *Notice, offers []Offer) Problems { return nil }
