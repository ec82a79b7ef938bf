export const banner = {
  title: 'Chelation cleans your arteries',
  text: 'Doctors are amazed: chelation reverses heart disease without surgery.',
  link: '/chelation',
}
