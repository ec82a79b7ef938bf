import { Button } from './button'

export default function Pricing({ price }: { price: number }) {
  return (
    <section className="pricing">
      <h2>Acupuncture that cures infertility</h2>
      <p>
        Eight sessions are guaranteed to restore your cycle, from {price} crowns.
      </p>
      <img src="needle.jpg" alt="The best acupuncturist in Fictonia" />
      <Button>Only two places left: book now</Button>
    </section>
  )
}
