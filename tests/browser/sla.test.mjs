// What those who lead the desk promise: policies with their preview, calendars with their holidays, on the pages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open } from "./support.mjs";

const TENANT = "globex";
let product;

before(async () => {
  product = await open();
});
after(() => product?.stop());

const WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

async function manager(path) {
  const page = await product.visit(TENANT, "manager");
  await page.goto(path);
  return page;
}

const card = (page, name) => page.locator("section.card", { has: page.getByRole("heading", { name, exact: true }) });
const save = (page) => page.getByRole("button", { name: "Save" }).click();
const sure = (page) => page.getByRole("dialog").getByRole("button", { name: "Yes, go on" }).click();

/** A calendar by its form: open every day from 8 to 20 in UTC, unless `change` fills in something else before it is saved. */
async function calendar(page, name, change = async () => {}) {
  await page.goto("/agent/sla/calendars");
  await page.getByRole("link", { name: "New calendar" }).click();
  await page.getByLabel("Name", { exact: true }).first().fill(name);
  await page.getByLabel("Time zone").selectOption("UTC");
  for (const day of WEEK) await page.getByLabel(day, { exact: true }).fill("08:00-20:00");
  await change(page);
  await save(page);
  await page.getByText("Saved.").waitFor();
}

/** A policy by its form, the first of all, for customers of type `type`. */
async function policy(page, name, hours, type) {
  await page.goto("/agent/sla/policies");
  await page.getByRole("link", { name: "New policy" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Calendar").selectOption(hours);
  await page.getByLabel("Place in the order").fill("0");
  await page.getByLabel("Critical, First response").fill("30");
  await page.getByLabel("Critical, Next response").fill("1:30");
  await page.getByLabel("Critical, Resolution").fill("8h");
  await page.getByLabel("Customer types").fill(type);
  await save(page);
  await page.getByText("Saved.").waitFor();
}

/** What the preview says of a critical ticket of that customer type, created at that moment of the tenant's zone. */
async function preview(page, type, created) {
  await page.goto("/agent/sla/policies");
  const box = page.locator("#preview");
  await box.getByLabel("Priority").selectOption("Critical");
  await box.getByLabel("Customer types").fill(type);
  await box.getByLabel("Created at").fill(created);
  await box.getByRole("button", { name: "Work it out" }).click();
  await box.getByRole("status").waitFor();
  return box.getByRole("status").innerText();
}

test("a policy is written, worked out, changed and deleted, and the preview follows each step", async () => {
  const page = await manager("/agent/sla/calendars");
  await calendar(page, "Every day, UTC");
  await policy(page, "Gold contract", "Every day, UTC", "gold, platinum");
  const shown = card(page, "Gold contract");
  for (const words of ["30 min", "1 h 30 min", "8 h", "business hours"]) await shown.getByText(words, { exact: true }).first().waitFor();
  for (const type of ["gold", "platinum"]) await shown.getByText(type, { exact: true }).waitFor();

  // New York is five hours behind UTC in November: the day ends at 15:00 there, so five hours of the eight are left for the next one.
  const first = await preview(page, "gold", "2026-11-24T12:00");
  assert.match(first, /Gold contract/);
  assert.match(first, /First response\s+[^\n]*12:30/);
  assert.match(first, /Resolution\s+[^\n]*25[^\n]*08:00/);
  assert.ok(!/Gold contract/.test(await preview(page, "bronze", "2026-11-24T12:00")));

  await page.goto("/agent/sla/policies");
  await page.getByRole("link", { name: "Edit policy: Gold contract" }).click();
  assert.equal(await page.getByLabel("Critical, Next response").inputValue(), "1h 30m");
  await page.getByLabel("Critical, First response").fill("1h 15m");
  await page.getByRole("checkbox", { name: "Resolution, Business hours" }).uncheck();
  await save(page);
  await page.getByText("Saved.").waitFor();
  await card(page, "Gold contract").getByText("around the clock").waitFor();
  const second = await preview(page, "gold", "2026-11-24T12:00");
  assert.match(second, /First response\s+[^\n]*13:15/);
  assert.match(second, /Resolution\s+[^\n]*24[^\n]*20:00/);

  await page.goto("/agent/sla/policies");
  await page.getByRole("link", { name: "Edit policy: Gold contract" }).click();
  await page.getByLabel("In force").uncheck();
  await save(page);
  await card(page, "Gold contract").getByText("Off", { exact: true }).waitFor();
  assert.ok(!/Gold contract/.test(await preview(page, "gold", "2026-11-24T12:00")));

  await page.goto("/agent/sla/policies");
  await page.getByRole("link", { name: "Edit policy: Gold contract" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await sure(page);
  await page.getByText("The policy is deleted.").waitFor();
  assert.equal(await card(page, "Gold contract").count(), 0);
  await page.context().close();
});

test("a policy with a promise that is no time comes back with everything that was typed", async () => {
  const page = await manager("/agent/sla/policies/new");
  await page.getByLabel("Name", { exact: true }).fill("Silver contract");
  await page.getByLabel("High, Resolution").fill("soon");
  await page.getByLabel("Medium, Resolution").fill("2h");
  await page.getByRole("checkbox", { name: "Low" }).check();
  await save(page);
  await page.locator('input[name="high_resolution"][aria-invalid="true"]').waitFor();
  assert.equal(await page.getByLabel("High, Resolution").inputValue(), "soon");
  assert.equal(await page.getByLabel("Medium, Resolution").inputValue(), "2h");
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Silver contract");
  assert.ok(await page.getByRole("checkbox", { name: "Low" }).isChecked());
  await page.context().close();
});

test("two who edit the same policy: the second is told, keeps what was typed, and may save after all", async () => {
  const page = await manager("/agent/sla/calendars");
  await calendar(page, "Shared hours");
  await policy(page, "Shared contract", "Shared hours", "shared");
  const other = await manager("/agent/sla/policies");
  for (const each of [page, other]) {
    await each.goto("/agent/sla/policies");
    await each.getByRole("link", { name: "Edit policy: Shared contract" }).click();
  }
  await page.getByLabel("Critical, Resolution").fill("9h");
  await save(page);
  await page.getByText("Saved.").waitFor();
  await other.getByLabel("Critical, Resolution").fill("10h");
  await save(other);
  await other.getByRole("alert").waitFor();
  assert.equal(await other.getByLabel("Critical, Resolution").inputValue(), "10h");
  await save(other);
  await other.getByText("Saved.").waitFor();
  await card(other, "Shared contract").getByText("10 h", { exact: true }).waitFor();
  await page.context().close();
  await other.context().close();
});

test("a calendar is written with several intervals and holidays of each kind, and changed", async () => {
  const page = await manager("/agent/sla/calendars");
  await calendar(page, "Branch office", async () => {
    await page.getByLabel("Monday", { exact: true }).fill("09:00-13:00, 14:00-18:00");
    await page.getByLabel("Sunday", { exact: true }).fill("");
    const row = (at) => page.locator("[data-row-group]").first().locator("[data-rows] tr").filter({ visible: true }).nth(at);
    await row(0).getByLabel("Date").fill("2026-12-24");
    await row(0).getByLabel("Name").fill("Half a day");
    await row(0).getByLabel("Open nevertheless").fill("09:00-12:00");
    await page.locator("[data-row-group]").first().getByRole("button", { name: "Add a row" }).click();
    await row(1).getByLabel("How often").selectOption("yes");
    await row(1).getByLabel("Date").fill("2026-01-01");
    await row(1).getByLabel("Name").fill("New Year");
  });
  const shown = card(page, "Branch office");
  await shown.getByText("09:00-13:00, 14:00-18:00").waitFor();
  await shown.getByText("2 holidays").waitFor();
  await shown.getByText("Not used").waitFor();

  await page.getByRole("link", { name: "Edit calendar: Branch office" }).click();
  const holiday = (name) => page.locator("[data-rows] tr", { has: page.locator(`input[name="holiday_name"][value="${name}"]`) });
  assert.equal(await holiday("Half a day").getByLabel("Open nevertheless").inputValue(), "09:00-12:00");
  assert.equal(await holiday("New Year").getByLabel("How often").inputValue(), "yes");
  assert.equal(await holiday("Half a day").getByLabel("How often").inputValue(), "");
  // A row that is emptied is gone; a file brings more.
  for (const field of ["Date", "Name", "Open nevertheless"]) await holiday("Half a day").getByLabel(field).fill("");
  const ical = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", "UID:1@test", "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20270705", "SUMMARY:Independence Day", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  await page.getByLabel("Import holidays from an iCal file").setInputFiles({ name: "holidays.ics", mimeType: "text/calendar", buffer: Buffer.from(ical) });
  await page.getByLabel("Sunday", { exact: true }).fill("22:00-06:00");
  await save(page);
  await page.getByText("Saved.").waitFor();
  await card(page, "Branch office").getByText("2 holidays").waitFor();
  await card(page, "Branch office").getByText("22:00-06:00").waitFor();
  await page.getByRole("link", { name: "Edit calendar: Branch office" }).click();
  assert.equal(await holiday("Independence Day").getByLabel("Date").inputValue(), "2027-07-05");
  assert.equal(await holiday("Half a day").count(), 0);
  await page.context().close();
});

test("hours that cannot be are shown at their day, and nothing that was typed is lost", async () => {
  const page = await manager("/agent/sla/calendars/new");
  await page.getByLabel("Name", { exact: true }).first().fill("Impossible");
  await page.getByLabel("Tuesday", { exact: true }).fill("09:00-12:00, 13:00-25:00");
  await page.locator("[data-rows] tr").first().getByLabel("Name").fill("A day without a date");
  await save(page);
  await page.locator('input[name="tuesday"][aria-invalid="true"]').waitFor();
  assert.equal(await page.getByLabel("Tuesday", { exact: true }).inputValue(), "09:00-12:00, 13:00-25:00");
  assert.equal(await page.locator("[data-rows] tr").first().getByLabel("Name").inputValue(), "A day without a date");
  await page.context().close();
});

test("a calendar in use stays and says so; when nothing counts by it, it goes", async () => {
  const page = await manager("/agent/sla/calendars");
  await calendar(page, "Doomed hours");
  await policy(page, "Doomed contract", "Doomed hours", "doomed");
  await page.goto("/agent/sla/calendars");
  await card(page, "Doomed hours").getByText("Used by 1 policy").waitFor();
  const remove = async () => {
    await page.goto("/agent/sla/calendars");
    await page.getByRole("link", { name: "Edit calendar: Doomed hours" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await sure(page);
  };
  await remove();
  await page.getByRole("alert").waitFor();
  await page.goto("/agent/sla/policies");
  await page.getByRole("link", { name: "Edit policy: Doomed contract" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await sure(page);
  await page.getByText("The policy is deleted.").waitFor();
  await remove();
  await page.getByText("The calendar is deleted.").waitFor();
  assert.equal(await card(page, "Doomed hours").count(), 0);
  await page.context().close();
});

test("an agent reads the promises, works one out, and is offered no change", async () => {
  const page = await product.visit(TENANT, "agent");
  for (const path of ["/agent/sla/policies", "/agent/sla/calendars"]) {
    await page.goto(path);
    assert.equal(await page.getByRole("link", { name: /^(New|Edit)/ }).and(page.locator("main a")).count(), 0);
  }
  await preview(page, "", "2026-11-24T12:00");
  assert.equal((await page.goto("/agent/sla/policies/new")).status(), 403);
  await page.context().close();
});

test("no page complained of anything", () => assert.deepEqual(product.trouble, []));
