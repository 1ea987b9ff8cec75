# Departments and categories.
settings-no-department = No department
settings-tickets = Open tickets
audit-line-department-ordered = { $actor } put departments in order
audit-line-category-ordered = { $actor } put categories in order
settings-department = Department
settings-people = People
settings-people-of = People and lead
settings-lead = Lead
settings-lead-nobody = Nobody leads it
settings-join = Colleague to take in
settings-one-department = A person belongs to one department: whoever is taken in leaves the one before.
settings-archive-hint = New tickets cannot choose an archived department. Its tickets keep it, unless you move the open ones.
settings-move-to = Move open tickets to
settings-people-empty = Nobody belongs to it yet.
settings-move-nowhere = Leave open tickets here
settings-move = Move
settings-moving = Open tickets are being moved to “{ $name }”.
