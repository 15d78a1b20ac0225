package tell

// sentences are for the administrator of the machine, who can do something about what people are only
// told to wait for. By key of the fault.
var sentences = map[string]string{
	"audit-no-gap":                "The audit has no gap: there is nothing to accept.",
	"audit-older-than-checkpoint": "Audit entries are missing that were vouched for, so the audit does not grow. Restore a newer backup, or restore with --accept-audit-gap.",
	"audit-tree-moved":            "The audit grew while its gap was to be accepted. Try again.",
	"database-not-empty":          "The database holds rows already. Restore into an empty one; if a restore was killed, drop the database and create it again first.",
	"journal-unavailable":         "The journal in the key stores cannot be reached. See luukku keys status.",
	"keys-unavailable":            "The keys of this authority cannot be used. See luukku keys status.",
	"keystore-closed":             "The key store has been closed: the program ends.",
	"keystore-corrupt":            "The key files are damaged. Bring undamaged ones back; if there are none, luukku keys lost says what is lost.",
	"keystore-exists":             "There are keys of this authority already, although the database knows of none. Look whether this is the right database.",
	"keystore-foreign":            "The key store or the folder of its key-encryption keys belongs to something else. Name the right folders in the configuration.",
	"keystore-in-use":             "Another program uses the key store. End it first.",
	"keystore-missing":            "The key files are missing. Mount or bring back their disk; if it is gone, luukku keys lost says what is lost.",
	"keystore-not-lost":           "The keys are there again: nothing is lost. Start the program anew.",
	"keystore-older":              "The key files are older than the database. Bring the newer ones back; if they are gone, luukku keys lost says what is lost.",
	"keystore-options":            "The key stores are described wrongly. Look at keys in the configuration.",
	"keystore-unreachable":        "A key store or the engine of its key-encryption keys cannot be reached. Mend that and try again; see luukku keys status.",
	"no-authority":                "There is no authority yet. Open the program's address and finish its first start.",
	"snapshot-damaged":            "The backup is damaged. Take another one.",
	"snapshot-engine":             "The backup is of the other kind of database: SQLite and PostgreSQL are not restored into each other.",
	"snapshot-exists":             "There is a backup in this folder already. Name a new one.",
	"snapshot-version":            "The backup was written by another version of the program. Restore it with that one.",
	"storage-contended":           "The database is busy with something else. Try again in a moment.",
	"storage-unavailable":         "The database cannot be written or reached. See whether the disk is full and the server runs, and try again.",
	"storage-url":                 "The database's address is wrong. Leave it empty for SQLite, or give a postgres:// URL.",
}
