export const copy: Record<string, string> = {
  headline: "Magnets that heal tinnitus",
  body: "Our magnet therapy heals tinnitus in 9 out of 10 patients.",
}
