export const Hero = () => (
  <header>
    <h1>Hyperbaric oxygen: a miracle for autism</h1>
    <p>Hyperbaric oxygen therapy treats autism at its root.</p>
  </header>
)
