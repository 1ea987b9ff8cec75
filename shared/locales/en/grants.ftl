# Roles for a time, deputies, policies, and why somebody may do something.
grants-title = Roles for a time
grants-of = Roles given to { $name }
grants-back = Back
grants-lead = Beside their own role. What is given acts at the next request and ends by itself.
grants-about = Give another role beside the person’s own: for a period, or for some of the tickets.
grants-about-group = What is given to the group, each of its members has.
grants-open = Show and give
grants-given = Given
grants-empty = Nothing was given yet.
grants-state = { $value ->
    [active] In force
    [later] To come
    [over] Over
    [revoked] Taken back
   *[other] { $value }
}
grants-reach = { $value ->
    [own] Own tickets
    [organization] Tickets of an organization
    [department] Tickets of a department
    [all] All tickets, and all else
   *[other] { $value }
}
grants-reach-place = { $value ->
    [organization] Tickets of the organization
    [department] Tickets of the department
   *[other] { $value }
}
grants-reach-label = For which tickets
grants-reach-hint = Rights that are not about tickets come with “All” only.
grants-place-own = The holder’s own
grants-organization-hint = The name of one that there is; empty for the holder’s own.
grants-from = from
grants-until = until
grants-for-good = for good
grants-starts = From
grants-starts-hint = Empty: from now.
grants-ends = Until
grants-ends-hint = Empty: for good.
grants-reason = Why
grants-give = Give a role
grants-give-button = Give
grants-end = End
grants-end-confirm = End this now? Open pages of whoever has it come back without it at once.
deputies-title = My deputies
deputies-about = While you are away, a colleague can have your rights beside their own.
deputies-open = Show and appoint
deputies-lead = A deputy has your rights beside their own until the period ends. What they do by your rights stands in the audit log with both names. What was lent to you is not lent on.
deputies-list = Who stands in for whom
deputies-empty = You have no deputy, and are nobody’s.
deputies-lends = Your rights are lent to
deputies-has = You have the rights of
deputies-new = Appoint a deputy
deputies-who = Colleague
deputies-ends-hint = 90 days at most.
deputies-button = Appoint
deputies-end-confirm = End this now? The rights go back at once.
access-policies = Policies
access-policies-lead = Conditions under which permissions are denied or given, beyond all roles
access-policies-empty = No policy yet: roles and grants alone decide
access-policy = Policy
access-policy-new = Write a policy
access-policy-effect = Effect
access-policy-effect-name = { $value ->
    [deny] Denies
    [allow] Allows
   *[other] { $value }
}
access-policy-effect-hint = What a policy denies is denied, whatever allows it.
access-policy-on = In force
access-policy-off = Switched off
access-policy-condition = Condition
access-policy-condition-hint = A JsonLogic rule; true stands for always.
access-policy-examples = Examples, operators, variables
access-policy-example-critical = Critical tickets, from anywhere but the office:
access-policy-example-hours = Outside of working hours and at the weekend:
access-policy-example-module = Analysts, and tickets about finance or payroll:
access-policy-example-department = Tickets of other departments than one’s own:
access-policy-operators = Operators:
access-policy-variables = Variables:
access-policy-permissions = Permissions
access-policy-permissions-lead = What it denies or allows:
access-policy-try = Try it first
access-policy-try-lead = Shows who could do what with a ticket if the policy were in force as it stands above. Nothing is saved.
access-policy-try-button = Try
access-policy-delete-confirm = Delete this policy? What it denied or allowed is decided by roles alone again, at the next request.
explain-title = Who may what
explain-lead = Who could do something with a ticket at this moment, and why.
explain-ticket = Ticket number
explain-permission = To do what
explain-people = Among whom
explain-people-desk = The desk and programs
explain-people-clients = Clients
explain-person = One person’s e-mail
explain-person-hint = Also when they may not. Empty: everybody who may, and everybody whom only a policy keeps from it.
explain-button = Show
explain-answer = Who may, and why
explain-may = May
explain-may-not = May not
explain-program = (a program; each of its keys may do less)
explain-source = { $value ->
    [role] Role:
    [grant] Given role:
    [group] Role of the group:
    [deputy] Deputy of:
    [policy] Policy:
   *[other] { $value }
}
explain-nothing = Nothing gives it.
explain-denied-by = Denied by the policy
explain-nobody = Nobody among those who were looked at.
explain-more = There are more people; these are the first that were looked at.
flash-grant-given = Given.
flash-grant-ended = Ended.
flash-deputy-set = Your deputy is appointed.
flash-deputy-ended = Ended. The rights are back.
