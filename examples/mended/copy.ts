export const copy: Record<string, string> = {
  headline: "Living with tinnitus",
  body: "We no longer sell magnets: trials found no effect on tinnitus. Your doctor can tell you what may help you to cope.",
}
