# Naming colleagues in notes, and pictures in the text.
mention-list = Colleagues
mention-found = Colleagues found: { $n }. Arrows choose, Enter takes, Escape closes.

mail-mentioned-subject = [{ $number }] You are mentioned: { $title }
mail-mentioned-heading = { $by } has mentioned you in a note

field-mention-leaves-desk = Colleagues are named in notes only: these words leave the desk.
field-mention-unknown = Somebody who is named here is not of the desk any more.
field-mention-unseen = Not allowed to see this ticket: { $names }. Let them in first, or take the name out.
field-too-many-mentions = Too many people are named: at most { $maximum }.
