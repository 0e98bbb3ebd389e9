// What ical.js reads in each file of its arguments, as one line of JSON: [{kind, uid, summary, …}, …].
// Anything that it does not take strictly ends it with an error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICAL = (await import(createRequire(import.meta.url).resolve(process.env.ICALJS))).default;
ICAL.design.strict = true;

const utc = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());

function read(component) {
  const first = (name) => component.getFirstPropertyValue(name);
  const times = ["dtstart", "dtend", "due", "completed"].filter((name) => first(name));
  return {
    kind: component.name.toUpperCase(),
    uid: first("uid"),
    summary: first("summary"),
    description: first("description"),
    url: first("url"),
    categories: component.getFirstProperty("categories").getValues(),
    times: Object.fromEntries(times.map((name) => [name, utc(first(name))])),
  };
}

for (const file of process.argv.slice(2)) {
  const calendars = ICAL.parse(readFileSync(file, "utf8"));
  const calendar = new ICAL.Component(calendars);
  if (calendar.name !== "vcalendar") throw new Error(`${file} holds a ${calendar.name}`);
  console.log(JSON.stringify(calendar.getAllSubcomponents().map(read)));
}
