package demo

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"luukku/cmd/luukku/program"
)

// Print says where to go and with which accounts.
func Print(out io.Writer, base, data string, accounts []Account) {
	fmt.Fprintf(out, "\nLuukku demo: %s\n", base)
	seen := map[string]bool{}
	for _, a := range accounts {
		if !seen[a.Authority] {
			seen[a.Authority] = true
			fmt.Fprintf(out, "  citizens  %s/%s/\n  staff     %s/%s/sign-in\n", base, a.Authority, base, a.Authority)
		}
	}
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 2, 2, 2, ' ', 0)
	fmt.Fprintln(table, "  authority\trole\tusername\tpassword\tauthenticator app (TOTP secret)")
	for _, a := range accounts {
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\n", a.Authority, a.Role, a.Username, a.Password, a.TOTPSecret)
	}
	table.Flush()
	fmt.Fprintf(out, "\nThe accounts are in %s too.\nLet time pass: bin/luukku demo advance P2M --data %s\n\n", filepath.Join(data, program.AccountsFile), data)
}
