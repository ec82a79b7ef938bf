export const banner = {
  title: 'Why we stopped offering chelation',
  text: 'Chelation is meant for metal poisoning. It can damage the kidneys, and it is not a treatment for heart disease.',
  link: '/chelation',
}
