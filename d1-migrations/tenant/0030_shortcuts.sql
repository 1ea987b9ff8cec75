-- The keys that somebody has chosen for commands of the workspace: a JSON object, keys by command.
ALTER TABLE users ADD COLUMN shortcuts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(shortcuts));
