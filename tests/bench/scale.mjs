// The same desk with 2,000, 20,000 and 200,000 tickets: what a page reads must not grow with them. The tickets are copies of the demo
// tenant's own, each under a number of its own, in the lists' indexes, the counters and the full text.
import { openDatabase } from "./stand.mjs";

/** Copies tickets of a tenant until it has `wanted`. */
export function grow(state, tenant, wanted) {
  const database = openDatabase(state, tenant.binding);
  const columns = database
    .prepare("SELECT name FROM pragma_table_xinfo('tickets') WHERE hidden = 0")
    .all()
    .map(({ name }) => name);
  const { have, top } = database.prepare("SELECT count(*) AS have, max(number) AS top FROM tickets WHERE tenant_id = ?").get(tenant.id);
  const replaced = {
    id: "'tkt_' || lower(hex(randomblob(16)))",
    number: "?2 + row_number() OVER ()",
    updated_at: "source.updated_at - (random() & 0x3ffffff)",
  };
  const values = columns.map((name) => replaced[name] ?? `source.${name}`);
  database.exec("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000; BEGIN");
  database
    .prepare(
      `WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n <= ?3 / ?4)
       INSERT INTO tickets (${columns.join(", ")})
       SELECT ${values.join(", ")} FROM copies CROSS JOIN tickets AS source
       WHERE source.tenant_id = ?1 AND source.number <= ?2 LIMIT ?3`,
    )
    .run(tenant.id, top, Math.max(0, wanted - have), have);
  database.exec(`INSERT INTO search_rows (tenant_id, ticket_id) SELECT tenant_id, id FROM tickets WHERE tenant_id = '${tenant.id}' AND number > ${top}`);
  database.exec(`
    INSERT INTO ticket_search (rowid, scope, title, body, notes)
    SELECT rows.row, found.scope, found.title, found.body, found.notes
    FROM tickets AS copy
    CROSS JOIN search_rows AS rows ON rows.tenant_id = copy.tenant_id AND rows.ticket_id = copy.id
    CROSS JOIN tickets AS source ON source.tenant_id = copy.tenant_id AND source.number = (copy.number - 1) % ${have} + 1
    CROSS JOIN search_rows AS known ON known.tenant_id = source.tenant_id AND known.ticket_id = source.id
    CROSS JOIN ticket_search AS found ON found.rowid = known.row
    WHERE copy.tenant_id = '${tenant.id}' AND copy.number > ${top}`);
  const { highest } = database.prepare("SELECT max(number) AS highest FROM tickets WHERE tenant_id = ?").get(tenant.id);
  database.exec(`UPDATE counters SET value = ${highest} WHERE tenant_id = '${tenant.id}' AND name = 'ticket_number'`);
  database.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  const { tickets } = database.prepare("SELECT count(*) AS tickets FROM tickets WHERE tenant_id = ?").get(tenant.id);
  database.close();
  return tickets;
}
