export const Hero = () => (
  <header>
    <h1>Hyperbaric oxygen: what it is for</h1>
    <p>Hyperbaric oxygen is used for divers&rsquo; sickness. It is not a treatment for autism, and pressure can injure the ears.</p>
  </header>
)
