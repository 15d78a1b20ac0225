package notice

import "slices"

// The roles that a rule can name.
const (
	RoleAdviser       = "adviser"
	RoleLead          = "lead"
	RoleReviewer      = "quality_reviewer" // sees contacts in a random sample only, pseudonymised
	RoleRegistryClerk = "registry_clerk"
	RoleOfficer       = "data_protection_officer"
	RoleAdministrator = "administrator"
	RoleSubject       = "subject"
	RoleProgram       = "program"
)

// Roles returns the closed list of roles.
func Roles() []string {
	return []string{RoleAdviser, RoleLead, RoleReviewer, RoleRegistryClerk, RoleOfficer, RoleAdministrator, RoleSubject, RoleProgram}
}

// Relation is how a caller stands to a record. In a rule, Any admits every relation.
type Relation string

// The relations.
const (
	Unrelated Relation = "unrelated"
	Assigned  Relation = "assigned" // the record is this adviser's work
	Own       Relation = "own"      // the record is about this caller
	Sampled   Relation = "sampled"  // the record lies in a sample that the program drew, and is shown pseudonymised
	Any       Relation = "any"
)

// Rule says which role opens which groups for which purposes.
type Rule struct {
	Role     string
	Groups   []string
	Purposes []string
	Relation Relation
	Reason   bool // the caller must write a reason
}

// Allows tells whether role, standing in relation to a record, may open group for purpose.
func (n *Notice) Allows(role, group, purpose string, relation Relation) bool {
	_, ok := n.RuleFor(role, group, purpose, relation)
	return ok
}

// RuleFor returns the first rule that allows the opening. A rule without a compulsory reason
// goes before one that has it.
func (n *Notice) RuleFor(role, group, purpose string, relation Relation) (Rule, bool) {
	found, ok := Rule{}, false
	for _, r := range n.Access {
		if !r.allows(role, group, purpose, relation) {
			continue
		}
		if !r.Reason {
			return r, true
		}
		found, ok = r, true
	}
	return found, ok
}

func (r Rule) allows(role, group, purpose string, relation Relation) bool {
	return r.Role == role && (r.Relation == Any || r.Relation == relation) &&
		slices.Contains(r.Groups, group) && slices.Contains(r.Purposes, purpose)
}

// Group returns the group with this id, or nil.
func (n *Notice) Group(id string) *Group {
	for i := range n.Groups {
		if n.Groups[i].ID == id {
			return &n.Groups[i]
		}
	}
	return nil
}

// FieldGroup returns the group and the field that declare id.
func (n *Notice) FieldGroup(id string) (*Group, *Field, bool) {
	for i := range n.Groups {
		if f := n.Groups[i].Field(id); f != nil {
			return &n.Groups[i], f, true
		}
	}
	return nil, nil, false
}

// Field returns the group's field with this id, or nil.
func (g *Group) Field(id string) *Field {
	for i := range g.Fields {
		if g.Fields[i].ID == id {
			return &g.Fields[i]
		}
	}
	return nil
}

// FieldNo returns the group's field with this number, or nil.
func (g *Group) FieldNo(no uint16) *Field {
	for i := range g.Fields {
		if g.Fields[i].No == no {
			return &g.Fields[i]
		}
	}
	return nil
}

// Hold returns the group's hold with this id, or nil.
func (g *Group) Hold(id string) *Hold {
	for i := range g.Holds {
		if g.Holds[i].ID == id {
			return &g.Holds[i]
		}
	}
	return nil
}

// Purpose returns the purpose with this id, or nil.
func (n *Notice) Purpose(id string) *Purpose {
	for i := range n.Purposes {
		if n.Purposes[i].ID == id {
			return &n.Purposes[i]
		}
	}
	return nil
}

// Right returns the declaration of a right ("A15"), or nil.
func (n *Notice) Right(right string) *Right {
	for i := range n.Rights {
		if n.Rights[i].Right == right {
			return &n.Rights[i]
		}
	}
	return nil
}
