# Departments and categories.
settings-no-department = No department
settings-tickets = Open tickets
audit-line-department-ordered = { $actor } put departments in order
audit-line-category-ordered = { $actor } put categories in order
